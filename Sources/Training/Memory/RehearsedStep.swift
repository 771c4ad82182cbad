internal import Adapters
internal import Kernels
internal import Models

/// The forward and backward pass of a model under training by a method, as far as memory is concerned.
struct RehearsedStep {
    private typealias Value = RehearsedTape.Value
    private typealias Weight = RehearsedTape.Weight

    private let configuration: ModelConfiguration
    private let method: MethodMemory
    /// Tokens of the longest sequence.
    private let longest: Int
    private var tape = RehearsedTape()

    /// The most floats that are in use at a time.
    var peak: Int { tape.peak }

    /// - Parameters:
    ///   - configuration: The model's sizes.
    ///   - method: What trains it.
    ///   - sequences: Sequences of a batch.
    ///   - longest: Tokens of each.
    ///   - lossRows: Tokens of the batch that carry loss.
    init(
        _ configuration: ModelConfiguration, method: MethodMemory, sequences: Int, longest: Int,
        lossRows: Int
    ) {
        self.configuration = configuration
        self.method = method
        self.longest = longest
        var x = tape.embedding(weight(.embedding, nil), tokens: sequences * longest)
        for layer in 0..<configuration.layerCount { x = block(x, layer) }
        let hidden = norm(x, .final, nil) ?? x
        tape.crossEntropy(
            hidden, head: weight(configuration.tiesEmbeddings ? .embedding : .head, nil),
            hasCap: configuration.design.finalSoftCap != nil, rows: lossRows)
        tape.backward()
    }

    private func weight(_ role: ParameterRole, _ layer: Int?) -> Weight {
        let declaration = configuration.declaration(role, layer: layer)
        return Weight(
            name: declaration.name, rows: declaration.rows, columns: declaration.columns,
            isTrained: method.trains(declaration))
    }

    /// The block of `TransformerBlock`.
    private mutating func block(_ x: Value, _ layer: Int) -> Value {
        let first = attentionBranch(x, layer)
        tape.add(x, into: first)
        let second = mlpBranch(configuration.design.isParallel ? x : first, layer)
        tape.add(first, into: second)
        return second
    }

    private mutating func attentionBranch(_ x: Value, _ layer: Int) -> Value {
        let input = norm(x, .beforeAttention, layer)
        var (q, k, v) = heads(input ?? x, layer)
        if let input { tape.forget(input) }
        if configuration.design.headNorm != nil {
            (q, k) = (norm(q, .query, layer) ?? q, norm(k, .key, layer) ?? k)
        }
        let kind = configuration.design.attention(ofLayer: layer)
        if kind.rotation != nil { for value in [q, k] { tape.rotate(rows: value.rows) } }
        let shape = AttentionShape(
            heads: configuration.headCount, kvHeads: configuration.kvHeadCount,
            size: configuration.headSize,
            softCap: configuration.design.attentionSoftCap.map { Float($0) }, window: kind.window)
        let mixed = tape.attention(q: q, k: k, v: v, longest: longest, shape: shape)
        let output = project(mixed, .o, layer)
        return norm(output, .afterAttention, layer) ?? output
    }

    private mutating func heads(_ input: Value, _ layer: Int) -> (q: Value, k: Value, v: Value) {
        guard configuration.design.attentionInput != .separate else {
            let q = project(input, .q, layer)
            let k = project(input, .k, layer)
            return (q, k, project(input, .v, layer))
        }
        let fused = project(input, .qkv, layer)
        let q = tape.map(fused, columns: configuration.queryWidth)
        let k = tape.map(fused, columns: configuration.kvWidth)
        return (q, k, tape.map(fused, columns: configuration.kvWidth))
    }

    private mutating func mlpBranch(_ x: Value, _ layer: Int) -> Value {
        let input = norm(x, .beforeMLP, layer)
        let (gate, up) = widened(input ?? x, layer)
        if let input { tape.forget(input) }
        let product = tape.activate(configuration.design.activation, gate: gate, up: up)
        let output = project(product, .down, layer)
        tape.forget(product)
        return norm(output, .afterMLP, layer) ?? output
    }

    private mutating func widened(_ input: Value, _ layer: Int) -> (gate: Value, up: Value?) {
        switch configuration.design.mlp {
        case .plain: return (project(input, .up, layer), nil)
        case .gated:
            let gate = project(input, .gate, layer)
            return (gate, project(input, .up, layer))
        case .gatedFused:
            let fused = project(input, .gateUp, layer)
            let gate = tape.map(fused, columns: configuration.intermediateSize)
            return (gate, tape.map(fused, columns: configuration.intermediateSize))
        }
    }

    /// Nil where the model has no norm at the place.
    private mutating func norm(_ input: Value, _ place: NormPlace, _ layer: Int?) -> Value? {
        let isThere =
            [.final, .query, .key].contains(place)
            || configuration.design.branchNorms.contains(place)
        guard isThere else { return nil }
        let bias = configuration.design.norm == .layer ? weight(.normBias(place), layer) : nil
        return tape.norm(input, gain: weight(.norm(place), layer), bias: bias)
    }
}

/// Projections and what stands beside them.
extension RehearsedStep {
    private mutating func project(
        _ input: Value, _ projection: Projection, _ layer: Int
    ) -> Value {
        let base = weight(.weight(projection), layer)
        let output = adapted(input, base, projection)
        if configuration.design.biases.contains(projection) {
            tape.addBias(weight(.bias(projection), layer), into: output)
        }
        return output
    }

    private mutating func adapted(
        _ input: Value, _ base: Weight, _ projection: Projection
    ) -> Value {
        switch method.companion(projection, (base.rows, base.columns)) {
        case nil: return tape.linear(input, weight: base)
        case .pair(let rank, let trainsFirst, let hasMagnitude):
            let a = own("A", of: base, rank, base.columns, isTrained: trainsFirst)
            let b = own("B", of: base, base.rows, rank)
            return hasMagnitude
                ? scaled(input, base, a: a, b: b) : paired(input, base, a: a, b: b)
        case .scales(let rank): return sliced(input, base, rank: rank)
        case .square(let size, let blocks, let isTurned):
            let matrix = own("M", of: base, size, size)
            return squared(input, base, matrix, blocks: blocks, isTurned: isTurned)
        }
    }

    /// A tensor of an adapter.
    private func own(
        _ name: String, of base: Weight, _ rows: Int, _ columns: Int, isTrained: Bool = true
    ) -> Weight {
        Weight(name: "\(base.name) \(name)", rows: rows, columns: columns, isTrained: isTrained)
    }

    private mutating func dropped(_ input: Value) -> Value {
        method.drops ? tape.map(input, columns: input.columns) : input
    }

    /// `LoRAAdapter.forward`.
    private mutating func paired(
        _ input: Value, _ base: Weight, a: Weight, b: Weight
    ) -> Value {
        let output = tape.linear(input, weight: base)
        let inner = tape.linear(dropped(input), weight: a)
        tape.addLinear(inner, weight: b, into: output)
        return output
    }

    /// `DoRAAdapter.forward`.
    private mutating func scaled(
        _ input: Value, _ base: Weight, a: Weight, b: Weight
    ) -> Value {
        let magnitude = own("magnitude", of: base, 1, base.rows)
        let dropped = dropped(input)
        let direction = tape.linear(dropped, weight: base)
        let inner = tape.linear(dropped, weight: a)
        tape.addLinear(inner, weight: b, into: direction)
        guard method.drops else { return tape.scaleColumns(direction, gain: magnitude) }
        let output = tape.linear(input, weight: base)
        tape.addLinear(dropped, weight: base, into: output)
        tape.addScaledColumns(direction, gain: magnitude, into: output)
        return output
    }

    /// `VeRAAdapter.forward`.
    private mutating func sliced(_ input: Value, _ base: Weight, rank: Int) -> Value {
        let output = tape.linear(input, weight: base)
        let inner = tape.map(dropped(input), columns: rank)
        let middle = tape.scaleColumns(inner, gain: own("d", of: base, 1, rank))
        let outer = tape.map(middle, columns: base.rows)
        tape.addScaledColumns(outer, gain: own("b", of: base, 1, base.rows), into: output)
        return output
    }

    /// `MoRAAdapter.forward`.
    private mutating func squared(
        _ input: Value, _ base: Weight, _ matrix: Weight, blocks: Int, isTurned: Bool
    ) -> Value {
        let output = tape.linear(input, weight: base)
        let compressed = tape.map(dropped(input), columns: blocks * matrix.columns)
        if isTurned { tape.rotate(rows: input.rows * blocks) }
        let mixed = tape.linear(
            compressed, weight: matrix, columns: blocks * matrix.rows)
        tape.addMap(mixed, into: output)
        return output
    }
}
