internal import Foundation

/// Numbers as a sentence has them.
enum NumberText {
    /// A learning rate: `1e-3`, `2.5e-4`.
    static func rate(_ rate: Double) -> String {
        let parts = String(format: "%.6e", rate).split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(rate)" }
        let mantissa = Double(parts[0]).map { String(format: "%g", $0) } ?? String(parts[0])
        return "\(mantissa)e\(exponent)"
    }

    /// The rates that are best at some of the levels: `1e-3`, `5e-4 to 1e-3`.
    static func rates(_ rates: [Double]) -> String {
        guard let first = rates.first, let last = rates.last else { return "no rate" }
        return rates.count == 1 ? rate(first) : "\(rate(first)) to \(rate(last))"
    }

    /// A value of an axis: a loss, or an accuracy as a share.
    static func value(_ value: Double) -> String { fixed(value, 2) }

    static func fixed(_ value: Double, _ decimals: Int) -> String {
        let text = String(format: "%.\(decimals)f", value)
        // A rounded −0.00 has no side.
        return text.allSatisfy { "-0.".contains($0) } ? String(text.drop { $0 == "-" }) : text
    }

    /// As a person writes it: `0.02`.
    static func plain(_ value: Double) -> String { String(format: "%g", value) }

    /// A p value: `p = 0.008`, `p < 0.001`.
    static func p(_ value: Double) -> String {
        value < 0.001 ? "p < 0.001" : "p = \(fixed(value, 3))"
    }

    /// A count of things: `1 seed`, `3 seeds`.
    static func count(_ count: Int, _ thing: String) -> String {
        "\(count) \(thing)\(count == 1 ? "" : "s")"
    }

    /// `a`, `a and b`, `a, b and c`.
    static func list(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}

/// Differences in the unit of an axis, all of one sentence with the same digits.
struct DifferenceText {
    let unit: Axis.Unit
    private let decimals: Int

    /// - Parameters:
    ///   - unit: Of the axis.
    ///   - precision: A number that two digits should be told of: half an interval.
    init(_ unit: Axis.Unit, precision: Double) {
        self.unit = unit
        let size = abs(precision) * (unit == .points ? 100 : 1)
        decimals =
            size > 0 && size.isFinite ? min(4, max(1, 1 - Int(log10(size).rounded(.down)))) : 3
    }

    func number(_ difference: Double) -> String {
        NumberText.fixed(difference * (unit == .points ? 100 : 1), decimals)
    }

    /// What a person chose, with its unit: `0.02 nats`, `1 points`.
    static func chosen(_ value: Double, _ unit: Axis.Unit) -> String {
        "\(NumberText.plain(value * (unit == .points ? 100 : 1))) \(unit.rawValue)"
    }

    /// With its unit: `0.58 nats`, `1.5 points`.
    func text(_ difference: Double) -> String { "\(number(difference)) \(unit.rawValue)" }

    func range(_ lower: Double, _ upper: Double) -> String {
        "\(number(lower)) to \(number(upper))"
    }
}
