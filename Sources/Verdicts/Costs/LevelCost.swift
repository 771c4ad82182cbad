/// What an arm needed to a level at its best rate there: means over seeds.
package struct LevelCost: Codable, Sendable, Equatable {
    package var steps: Double
    package var tokens: Double
    package var seconds: Double
    /// Of the seed that needs most; nil if it was not measured.
    package var bytes: Double?
}

extension LevelCost {
    /// - Returns: nil if not every seed can be read at the level.
    init?(of arm: ArmEnvelope, at level: Int) {
        let cells = arm.seeds.indices.compactMap { arm.cell(seed: $0, level: level) }
        guard !cells.isEmpty, cells.count == arm.seeds.count else { return nil }
        let mean = { (number: (Trajectory.Point) -> Double) -> Double in
            let values = cells.map { cell in
                cell.report.crossings[level]?.value(of: cell.curve.points.map(number)) ?? .nan
            }
            return values.reduce(0, +) / Double(values.count)
        }
        let bytes = cells.compactMap(\.curve.bytes)
        self.init(
            steps: mean { Double($0.step) }, tokens: mean(\.tokens), seconds: mean(\.seconds),
            bytes: bytes.count == cells.count ? bytes.max() : nil)
    }
}
