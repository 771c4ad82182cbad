/// The levels of each half of the items: their records are of different difficulty, so a level is
/// found again by its number.
struct Grids: Sendable {
    let selection: LevelGrid
    var report: LevelGrid

    init(of curves: [TrajectoryCurve]) {
        selection = Self.grid(curves.map(\.selection))
        report = Self.grid(curves.map(\.report))
    }

    private static func grid(_ halves: [TrajectoryCurve.Half]) -> LevelGrid {
        LevelGrid(
            base: halves.compactMap(\.left.first).min() ?? 0,
            lowest: halves.compactMap(\.lowest).min() ?? 0)
    }
}
