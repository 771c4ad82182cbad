package import Models

/// What a method makes and does on a model, as far as memory is concerned: known without making
/// any of it.
package struct MethodMemory: Sendable {
    /// What stands beside a projection in the forward pass.
    package enum Companion: Sendable, Equatable {
        /// A low-rank pair; without `trainsFirst` the matrix next to the input is frozen, and with
        /// `hasMagnitude` the rows of the sum are scaled by trained numbers.
        case pair(rank: Int, trainsFirst: Bool, hasMagnitude: Bool)
        /// Trained scales around slices of a frozen pair.
        case scales(rank: Int)
        /// A square matrix, applied to so many blocks of the input, which are perhaps turned.
        case square(size: Int, blocks: Int, isTurned: Bool)
    }

    /// The companion of a projection [out, in]; nil for none.
    package var companion:
        @Sendable (_ projection: Projection, _ shape: (rows: Int, columns: Int)) -> Companion? = {
            _, _ in nil
        }
    /// Whether companions see an input from which elements are dropped.
    package var drops = false
    /// Whether a parameter of the model itself is trained, in a copy of its own.
    package var trains: @Sendable (ParameterDeclaration) -> Bool = { _ in false }
    /// Numbers that the arm has for itself and does not train: copies that it changes, frozen parts of
    /// adapters and where they began.
    package var frozenCount = 0
}

extension MethodMemory {
    /// Companions of chosen projections, of which each has some frozen numbers by its shape.
    init(
        _ targets: Set<Projection>, dropout: Double, on configuration: ModelConfiguration,
        frozen: (_ shape: (rows: Int, columns: Int)) -> Int = { _ in 0 },
        companion: @escaping @Sendable (_ shape: (rows: Int, columns: Int)) -> Companion
    ) {
        self.companion = { targets.contains($0) ? companion($1) : nil }
        drops = dropout > 0
        frozenCount = configuration.sum(over: targets, frozen)
    }
}
