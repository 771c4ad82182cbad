import Foundation
import RunEvents

/// Goes through a line of JSON of which the form is known, value by value.
///
/// It takes only what every reader of JSON takes in the same way: text of ASCII without escapes, and
/// numbers by the grammar of RFC 8259. Of anything else it says nil.
struct JSONBytes {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    /// - Parameter bytes: Must stay valid as long as this is used.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    /// Goes past `text` if that comes next.
    mutating func skip(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - place >= count, let base = bytes.baseAddress,
            memcmp(base + place, text.utf8Start, count) == 0
        else { return false }
        place += count
        return true
    }

    /// The text between two quotes.
    mutating func text() -> String? {
        guard next == UInt8(ascii: "\"") else { return nil }
        var end = place + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            guard (0x20..<0x7F).contains(bytes[end]), bytes[end] != UInt8(ascii: "\\") else {
                return nil
            }
            end += 1
        }
        guard end < bytes.count else { return nil }
        defer { place = end + 1 }
        return String(decoding: bytes[(place + 1)..<end], as: UTF8.self)
    }

    /// A whole number of at most 18 digits.
    mutating func integer() -> Int? {
        let sign = skip("-") ? -1 : 1
        guard let digits = digits(), digits.count <= 18, !isFraction else { return nil }
        return sign * Int(digits.value)
    }

    private var isFraction: Bool {
        next == UInt8(ascii: ".") || next == UInt8(ascii: "e") || next == UInt8(ascii: "E")
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    /// A number, or one of the texts that stand for those that JSON lacks.
    mutating func number() -> Double? {
        if next == UInt8(ascii: "\"") { return text().flatMap(Self.named) }
        let start = place
        let isNegative = skip("-")
        guard var digits = digits() else { return nil }
        var exponent = 0
        if skip(".") {
            guard let fraction = self.digits(after: digits) else { return nil }
            exponent = digits.count - fraction.count
            digits = fraction
        }
        if skip("e") || skip("E") {
            let isSmall = skip("-")
            if !isSmall { _ = skip("+") }
            guard let power = self.digits(after: Digits()), power.count <= 4 else { return nil }
            exponent += isSmall ? -Int(power.value) : Int(power.value)
        }
        return Self.exact(digits, exponent, isNegative: isNegative) ?? rounded(from: start)
    }

    private static func named(_ text: String) -> Double? {
        switch text {
        case "nan": .nan
        case "inf": .infinity
        case "-inf": -.infinity
        default: nil
        }
    }

    /// The number if both its digits and the power of ten are exact, so that one rounding makes it
    /// (Clinger, PLDI 1990).
    private static func exact(_ digits: Digits, _ exponent: Int, isNegative: Bool) -> Double? {
        guard digits.count <= 18, digits.value <= 1 << 53, abs(exponent) <= 22 else { return nil }
        let whole = Double(digits.value)
        let size = exponent < 0 ? whole / powers[-exponent] : whole * powers[exponent]
        return isNegative ? -size : size
    }

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// Any other number, but for those that are beyond all numbers or as good as nothing.
    private func rounded(from start: Int) -> Double? {
        let number = Double(String(decoding: bytes[start..<place], as: UTF8.self))
        return number.flatMap { $0.isFinite && $0 != 0 ? $0 : nil }
    }
}

// MARK: - Digits

extension JSONBytes {
    private struct Digits {
        /// Of the first 18; more are only counted.
        var value: UInt64 = 0
        var count = 0
    }

    /// The digits in front of a point: no 0 before others.
    private mutating func digits() -> Digits? {
        let hasZero = next == UInt8(ascii: "0")
        guard let digits = digits(after: Digits()) else { return nil }
        return hasZero && digits.count > 1 ? nil : digits
    }

    /// More digits, at least one, behind those that were read.
    private mutating func digits(after digits: Digits) -> Digits? {
        var all = digits
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            if all.count < 18 { all.value = all.value * 10 + UInt64(byte - UInt8(ascii: "0")) }
            all.count += 1
            place += 1
        }
        return all.count > digits.count ? all : nil
    }
}
