/// Endless batches, in a new random order each epoch.
///
/// The order of an epoch depends on the seed and the epoch alone, so a stream continues exactly
/// from its `position`. Every example comes once an epoch; a batch may hold the end of one epoch
/// and the start of the next.
package struct BatchStream: Sendable {
    /// The place of the next example.
    package struct Position: Codable, Sendable, Equatable {
        package var epoch: Int
        /// How many examples of the epoch have been given out.
        package var index: Int

        package init(epoch: Int = 0, index: Int = 0) {
            self.epoch = epoch
            self.index = index
        }
    }

    private let examples: [TokenizedExample]
    private let batchSize: Int
    private let seed: UInt64
    private var order: [Int]
    package private(set) var position: Position

    /// - Precondition: there is an example, and `batchSize` is positive.
    package init(_ examples: [TokenizedExample], batchSize: Int, seed: UInt64) {
        precondition(!examples.isEmpty, "a batch stream needs an example")
        precondition(batchSize > 0, "batch size \(batchSize) must be positive")
        self.examples = examples
        self.batchSize = batchSize
        self.seed = seed
        position = Position()
        order = Self.order(count: examples.count, seed: seed, epoch: 0)
    }

    /// Continues from a stored position.
    /// - Throws: `DatasetError.positionOutOfRange` when the data set is too small for it.
    package mutating func seek(to position: Position) throws(DatasetError) {
        guard position.epoch >= 0, (0...examples.count).contains(position.index) else {
            throw .positionOutOfRange(
                epoch: position.epoch, index: position.index, count: examples.count)
        }
        self.position = position
        order = Self.order(count: examples.count, seed: seed, epoch: position.epoch)
    }

    /// Whether so many batches from the beginning end at a position of these examples.
    package func isAt(_ position: Position, after batches: Int) -> Bool {
        guard position.epoch >= 0, batches >= 0, (0...examples.count).contains(position.index)
        else { return false }
        let whole = position.epoch.multipliedReportingOverflow(by: examples.count)
        let given = whole.partialValue.addingReportingOverflow(position.index)
        let wanted = batches.multipliedReportingOverflow(by: batchSize)
        return !whole.overflow && !given.overflow && !wanted.overflow
            && given.partialValue == wanted.partialValue
    }

    /// The rows of the batches before a position of these examples; nil if no number holds them.
    package func rows(before position: Position) -> Int? {
        let rows = { (index: Int) in examples[index].ids.count - 1 }
        let whole = examples.indices.reduce(0) { $0 + rows($1) }
            .multipliedReportingOverflow(by: position.epoch)
        let part = Self.order(count: examples.count, seed: seed, epoch: position.epoch)
            .prefix(position.index).reduce(0) { $0 + rows($1) }
        let sum = whole.partialValue.addingReportingOverflow(part)
        return whole.overflow || sum.overflow ? nil : sum.partialValue
    }

    /// The next batch; there always is one.
    package mutating func next() -> TrainingBatch {
        TrainingBatch((0..<batchSize).map { _ in nextExample() })
    }

    private mutating func nextExample() -> TokenizedExample {
        if position.index == examples.count {
            position = Position(epoch: position.epoch + 1)
            order = Self.order(count: examples.count, seed: seed, epoch: position.epoch)
        }
        defer { position.index += 1 }
        return examples[order[position.index]]
    }

    private static func order(count: Int, seed: UInt64, epoch: Int) -> [Int] {
        var seeds = SeededRandom(seed: seed)
        var random = SeededRandom(seed: seeds.next() ^ UInt64(truncatingIfNeeded: epoch))
        return random.shuffled(0..<count)
    }
}
