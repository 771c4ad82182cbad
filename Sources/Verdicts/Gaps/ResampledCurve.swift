/// What one curve had forgotten at each level, on each resample of the items.
struct ResampledCurve: Sendable {
    /// Level by level, draw by draw; `nan` where the level is not reached on the drawn items.
    private let forgotten: [Float]
    private let draws: Int

    init(_ curve: TrajectoryCurve, input: VerdictInput, draws: Resampling, grid: LevelGrid) {
        let points = curve.points.count
        let left = draws.learned.losses(
            of: curve.points.map(\.learnedSums), sign: input.learned.sign)
        let lost = draws.forgotten.losses(
            of: curve.points.map(\.forgottenSums), sign: input.forgotten.sign)
        var forgotten = [Float](
            repeating: .nan, count: draws.count * (LevelGrid.last + 1))
        var here = [Double](repeating: 0, count: points)
        for draw in 0..<draws.count {
            let start = draw * points
            for point in 0..<points { here[point] = Double(left[start + point]) }
            grid.read(here) { level, at in
                let before = lost[start + at.after - 1]
                let after = lost[start + at.after]
                forgotten[level * draws.count + draw] =
                    before + Float(at.share) * (after - before) - lost[start]
            }
        }
        self.forgotten = forgotten
        self.draws = draws.count
    }

    /// What was forgotten at a level, by draw.
    func forgotten(atLevel level: Int) -> ArraySlice<Float> {
        forgotten[level * draws..<(level + 1) * draws]
    }
}

/// The resamples of both axes, made once for a verdict.
struct Resampling: Sendable {
    let count: Int
    let learned: ItemDraws
    let forgotten: ItemDraws

    init(_ input: VerdictInput, _ settings: VerdictSettings) {
        var random = ResampleRandom(seed: settings.seed)
        count = settings.draws
        learned = ItemDraws(settings.draws, of: input.learned, random: &random)
        forgotten = ItemDraws(settings.draws, of: input.forgotten, random: &random)
    }

    /// The fewest items of a set that is resampled.
    var fewestItems: Int { min(learned.fewestItems, forgotten.fewestItems) }
}
