internal import RunEvents

/// Chooses a value range and ticks so that every tick falls exactly on a row of cells.
struct RowTicks {
    let range: ClosedRange<Double>
    let ticks: [Double]
    let spacing: Double

    private struct Candidate {
        var cost = Double.infinity
        var start = 0.0
        var perRow = 1.0
        var spacing = 1.0
    }

    /// The tightest range that holds `low...high` on so many rows, with a whole number of rows
    /// between ticks, which stand on 1, 2 or 5 times a power of ten.
    ///
    /// Too few ticks, too many, and one on every row count as waste.
    init(low: Double, high: Double, rows: Int) {
        let gaps = max(1, rows - 1)
        var best = Candidate()
        var spacing = ValueScale.roundStep((high - low) / Double(gaps))
        for _ in 0..<8 {
            for every in 1...min(gaps, 24) {
                let perRow = spacing / Double(every)
                let start = (low / perRow + 1e-6).rounded(.down) * perRow
                let length = Double(gaps) * perRow
                guard start + length - high >= -1e-6 * perRow else { continue }
                let count = Self.ticks(from: start, length: length, spacing: spacing).count
                let cost = length * (count < 2 ? 100 : 1 + Self.waste(of: count, rows: rows))
                if cost < best.cost * (1 - 1e-9) {
                    best = Candidate(cost: cost, start: start, perRow: perRow, spacing: spacing)
                }
            }
            spacing = ValueScale.roundStep(spacing * 1.5)
        }
        if best.cost == .infinity { best = Self.ends(low: low, high: high, gaps: gaps) }
        self.spacing = best.spacing
        let length = Double(gaps) * best.perRow
        range = best.start...(best.start + length)
        ticks = Self.ticks(from: best.start, length: length, spacing: best.spacing)
    }

    private static func waste(of ticks: Int, rows: Int) -> Double {
        let wanted = rows >= 40 ? 5 : rows >= 20 ? 4 : 3
        let crowded = ticks == rows && rows > 5 ? 0.02 : 0
        return 0.15 * Double(max(0, wanted - ticks)) + 0.05 * Double(max(0, ticks - 8)) + crowded
    }

    /// Ticks at both ends only, for plots of one or two rows.
    private static func ends(low: Double, high: Double, gaps: Int) -> Candidate {
        let unit = ValueScale.roundStep(high - low)
        let start = (low / unit).rounded(.down) * unit
        let length = max((high / unit).rounded(.up) * unit - start, unit)
        return Candidate(
            cost: length, start: start, perRow: length / Double(gaps), spacing: unit)
    }

    private static func ticks(from start: Double, length: Double, spacing: Double) -> [Double] {
        let first = (start / spacing - 1e-6).rounded(.up)
        let last = ((start + length) / spacing + 1e-6).rounded(.down)
        guard last >= first else { return [] }
        return (0...Int(saturating: min(last - first, 200))).map { (first + Double($0)) * spacing }
    }
}
