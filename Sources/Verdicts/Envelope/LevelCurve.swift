/// One curve read at the levels, on one half of the items.
struct LevelCurve: Sendable {
    /// What was forgotten at each level; `nan` where the curve does not reach it, or not finely enough.
    let forgotten: [Double]
    /// Where each level is reached; nil as for `nan`.
    let crossings: [LevelGrid.Crossing?]
    /// How many levels it reaches, finely enough or not.
    let reached: Int

    /// - Parameters:
    ///   - half: Of the curve.
    ///   - grid: The levels of the same half.
    ///   - widest: A bracket that is wider resolves nothing.
    init(_ half: TrajectoryCurve.Half, on grid: LevelGrid, widest: Double) {
        var forgotten = [Double](repeating: .nan, count: LevelGrid.last + 1)
        var crossings = [LevelGrid.Crossing?](repeating: nil, count: LevelGrid.last + 1)
        reached = grid.read(half.left) { level, crossing in
            guard crossing.width <= widest else { return }
            forgotten[level] = crossing.value(of: half.forgotten)
            crossings[level] = crossing
        }
        self.forgotten = forgotten
        self.crossings = crossings
    }
}
