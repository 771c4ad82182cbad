/// The gaps of a pair on resampled items: by seed, then by draw.
///
/// Rates and levels stay as they were chosen; a level that is not reached on the drawn items is left
/// out of that draw, and a draw that reaches none is `nan`.
struct ResampledGaps: Sendable {
    let bySeed: [[Double]]

    init(_ pair: PairedGap, over levels: ClosedRange<Int>, curves: ResampledCurves) {
        bySeed = pair.seeds.indices.map { seed in
            Self.gaps(pair, seed: seed, over: levels, curves: curves)
        }
    }

    private static func gaps(
        _ pair: PairedGap, seed: Int, over levels: ClosedRange<Int>, curves: ResampledCurves
    ) -> [Double] {
        var sums = [Float](repeating: 0, count: curves.draws)
        var weights = sums
        for level in levels {
            guard let a = curves.curve(of: pair.first.compared, seed: seed, level: level),
                let b = curves.curve(of: pair.second.compared, seed: seed, level: level)
            else { continue }
            add(
                a.forgotten(atLevel: level), b.forgotten(atLevel: level),
                weight: Float(PairedGap.weight(level, in: levels)), to: &sums, &weights)
        }
        return zip(sums, weights).map { Double($0 / $1) }
    }

    private static func add(
        _ a: ArraySlice<Float>, _ b: ArraySlice<Float>, weight: Float, to sums: inout [Float],
        _ weights: inout [Float]
    ) {
        var draw = 0
        for (a, b) in zip(a, b) {
            let gap = a - b
            if !gap.isNaN {
                sums[draw] += weight * gap
                weights[draw] += weight
            }
            draw += 1
        }
    }
}

/// The curves that stand for arms in some comparison, resampled once each.
struct ResampledCurves: Sendable {
    private struct Key: Hashable {
        var arm: String
        var rate: Int
        var seed: Int
    }

    private let curves: [Key: ResampledCurve]
    let draws: Int

    init(
        _ pairs: [PairedGap], input: VerdictInput, draws: Resampling, grid: LevelGrid
    ) {
        var curves: [Key: ResampledCurve] = [:]
        for pair in pairs {
            guard let levels = pair.levels else { continue }
            for side in [pair.first.compared, pair.second.compared] {
                for rate in side.rates(over: levels) {
                    for seed in side.seeds {
                        let key = Key(arm: side.arm.name, rate: rate, seed: seed)
                        guard curves[key] == nil, let cell = side.arm.cells[rate][seed] else {
                            continue
                        }
                        curves[key] = ResampledCurve(
                            cell.curve, input: input, draws: draws, grid: grid)
                    }
                }
            }
        }
        self.curves = curves
        self.draws = draws.count
    }

    /// What stands for a seed, counted from 0 among those compared, at a level.
    func curve(of side: ArmEnvelope, seed: Int, level: Int) -> ResampledCurve? {
        side.choices[seed].rates[level].flatMap {
            curves[Key(arm: side.arm.name, rate: $0, seed: side.seeds[seed])]
        }
    }
}
