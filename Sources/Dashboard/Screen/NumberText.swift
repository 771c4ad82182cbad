import Foundation

/// Numbers as short text, the same whatever the locale.
enum NumberText {
    /// `value` with a fixed count of decimals; very large values get an exponent.
    static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return nonFinite(value) }
        let scaled = (abs(value) * pow(10, Double(decimals))).rounded()
        guard scaled < 9e15 else { return exponent(value) }
        var digits = String(Int(scaled))
        if decimals > 0 {
            digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
        }
        return (value < 0 && scaled > 0 ? "-" : "") + digits
    }

    /// `value` as `1.5e-4`.
    static func exponent(_ value: Double, digits: Int = 1) -> String {
        guard value.isFinite else { return nonFinite(value) }
        guard value != 0 else { return fixed(0, decimals: digits) }
        var power = Int(floor(log10(abs(value))))
        var mantissa =
            power < -300
            ? abs(value) * 1e300 / pow(10, Double(power + 300))
            : abs(value) / pow(10, Double(power))
        let unit = pow(10, Double(digits))
        mantissa = (mantissa * unit).rounded() / unit
        if mantissa >= 10 {
            mantissa /= 10
            power += 1
        }
        return (value < 0 ? "-" : "") + fixed(mantissa, decimals: digits) + "e\(power)"
    }

    /// About four digits of `value`, at most seven columns in the usual range.
    static func value(_ value: Double) -> String {
        let magnitude = abs(value)
        if !value.isFinite { return nonFinite(value) }
        if magnitude >= 1e6 || (magnitude < 1e-3 && magnitude > 0) { return exponent(value) }
        let decimals = magnitude < 10 ? 3 : magnitude < 100 ? 2 : magnitude < 1000 ? 1 : 0
        return fixed(value, decimals: decimals)
    }

    /// As `value`, always with a sign.
    static func signed(_ value: Double) -> String {
        let text = self.value(value)
        return value.isFinite && !text.hasPrefix("-") ? "+" + text : text
    }

    /// A learning rate: `1.0e-3`.
    static func learningRate(_ value: Double) -> String {
        value >= 0.1 && value < 1000 ? self.value(value) : exponent(value)
    }

    /// A learning rate with all its digits: `1.25e-3`.
    static func exactRate(_ value: Double) -> String {
        let texts = (1...16).lazy.map { exponent(value, digits: $0) }
        return texts.first { Double($0) == value } ?? "\(value)"
    }

    /// A number as a person writes it, with at most six digits: `0.1`, `2.5`.
    static func plain(_ value: Double) -> String {
        guard value.isFinite, abs(value) >= 1e-4, abs(value) < 1e6 else { return exponent(value) }
        var text = fixed(value, decimals: 6)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// A count with a suffix: `950`, `12.3K`, `1.2M`, `3.4B`.
    static func count(_ value: Double) -> String {
        guard value.isFinite else { return nonFinite(value) }
        for (unit, suffix) in [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")]
        where abs(value) >= unit {
            let scaled = value / unit
            return fixed(scaled, decimals: abs(scaled) < 100 ? 1 : 0) + suffix
        }
        return fixed(value, decimals: 0)
    }

    /// A time span: `4:07`, `1:31:07`.
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, abs(seconds) < 1e9 else { return "-" }
        let total = Int(max(0, seconds))
        let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return hours > 0
            ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }

    /// A short time span with its unit: `0.4 s`, `12 s`, `4:07`.
    static func span(_ seconds: Double) -> String {
        guard seconds.isFinite, abs(seconds) < 60 else { return duration(seconds) }
        return fixed(seconds, decimals: abs(seconds) < 10 ? 1 : 0) + " s"
    }

    /// A share as `100%`, `0.41%`.
    static func percent(_ share: Double) -> String {
        let percent = share * 100
        return fixed(percent, decimals: percent >= 10 || percent == 0 ? 0 : percent >= 1 ? 1 : 2)
            + "%"
    }

    private static func nonFinite(_ value: Double) -> String {
        value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
    }
}
