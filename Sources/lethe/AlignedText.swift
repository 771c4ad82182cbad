/// Rows of cells as text, each column as wide as its widest cell.
enum AlignedText {
    /// - Parameters:
    ///   - rows: The cells; rows may differ in length.
    ///   - rightAligned: The columns whose cells stand at the right, as numbers do.
    /// - Returns: A line for each row.
    static func lines(_ rows: [[String]], rightAligned: Set<Int> = []) -> String {
        let columns = rows.reduce(0) { max($0, $1.count) }
        let widths = (0..<columns).map { column in
            rows.reduce(0) { $1.indices.contains(column) ? max($0, $1[column].count) : $0 }
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                if rightAligned.contains(column) { return space + cell }
                return column == row.count - 1 ? cell : cell + space
            }
            return cells.joined(separator: "  ") + "\n"
        }.joined()
    }

    /// Bytes in the largest decimal unit that leaves a number of at least 1.
    static func size(_ bytes: Int) -> String {
        var (value, unit) = (Double(bytes), 0)
        let units = ["B", "kB", "MB", "GB", "TB"]
        while value >= 1000 && unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        return unit == 0 ? "\(bytes) B" : "\(number(value, digits: 1)) \(units[unit])"
    }

    /// A duration as a person says it, to two figures or so: `40 s`, `12 min`, `3 h 20 min`.
    static func time(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e10 else { return "for ever" }
        if seconds < 60 { return "\(max(1, Int(seconds.rounded()))) s" }
        let minutes = Int((seconds / 60).rounded())
        if minutes < 60 { return "\(minutes) min" }
        let tens = (minutes + 5) / 10 * 10
        if tens < 600 { return "\(tens / 60) h" + (tens % 60 == 0 ? "" : " \(tens % 60) min") }
        let hours = Int((seconds / 3600).rounded())
        return hours < 48 ? "\(hours) h" : "\(Int((seconds / 86_400).rounded())) days"
    }

    /// A number with a fixed count of digits after the point.
    static func number(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return "\(value)" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 1e15 else { return "\(value)" }
        let whole = Int(scaled / scale)
        let rest = Int(scaled - Double(whole) * scale)
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(whole)" }
        let fraction = String(repeating: "0", count: digits - "\(rest)".count) + "\(rest)"
        return "\(sign)\(whole).\(fraction)"
    }
}
