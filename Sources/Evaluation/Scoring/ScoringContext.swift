package import Models
package import Tensors

/// A model to score, with the memory to do it in and a way to be interrupted.
package struct ScoringContext {
    package let model: Transformer
    package let arena: Arena
    /// Told how many items are done of how many; throws to give up.
    package let progress: (_ done: Int, _ total: Int) throws -> Void

    /// Rows that are computed at a time: enough to fill matrix products, few enough that `progress` is
    /// told about every second of a model of a hundred million parameters.
    static let rowLimit = 512

    package init(
        model: Transformer, arena: Arena,
        progress: @escaping (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
    ) {
        self.model = model
        self.arena = arena
        self.progress = progress
    }

    /// The same context with another listener.
    package func reporting(
        _ progress: @escaping (_ done: Int, _ total: Int) throws -> Void
    ) -> ScoringContext {
        ScoringContext(model: model, arena: arena, progress: progress)
    }

    /// Runs `body` on a tape that is reset afterwards.
    func withTape<Result>(_ body: (Tape) throws -> Result) rethrows -> Result {
        let tape = Tape(arena: arena, isRecording: false)
        defer { tape.reset() }
        return try body(tape)
    }

    /// Divides items into consecutive groups of at most `rowLimit` rows, at least one item each.
    static func groups(rows: [Int]) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        var (start, total) = (0, 0)
        for (index, count) in rows.enumerated() {
            if index > start && total + count > rowLimit {
                groups.append(start..<index)
                (start, total) = (index, 0)
            }
            total += count
        }
        if start < rows.count { groups.append(start..<rows.count) }
        return groups
    }
}
