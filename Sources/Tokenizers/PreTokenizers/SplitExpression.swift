internal import Foundation

/// A regular expression as a file states it, in the syntax of Oniguruma, matched by Foundation (ICU).
///
/// Where the two read the same characters differently, the expression is rewritten: `\s` is the
/// property White_Space, `\w` is Alphabetic, M, Nd, Pc and the
/// numbers of Latin-1; `^` and `$` stand at every line, and `.`
/// matches all but a line feed. What means something else in ICU and has no such form is refused.
///
/// Source: Oniguruma, doc/RE (syntax Ruby); ICU, "Regular Expressions".
struct SplitExpression: Sendable {
    private let expression: NSRegularExpression

    private static let longest = 16_384

    /// - Throws: `TokenizerError` if ICU does not know the expression, or knows it as another.
    init(_ text: String, at place: String) throws(TokenizerError) {
        guard text.utf8.count <= Self.longest,
            let pattern = ExpressionSyntax.icu(text),
            let expression = try? NSRegularExpression(
                pattern: pattern, options: [.anchorsMatchLines, .useUnixLineSeparators])
        else {
            throw .unsupported(
                component: "expression", found: "\(place) \(text.prefix(200))",
                supported: "one that means the same to Oniguruma and to ICU")
        }
        self.expression = expression
    }

    /// Where it matches in `piece`, which it sees alone.
    func matches(in bytes: [UInt8], _ piece: Range<Int>) -> [Range<Int>] {
        let text = String(decoding: bytes[piece], as: UTF8.self)
        let whole = NSRange(location: 0, length: text.utf16.count)
        let found = expression.matches(in: text, range: whole).map(\.range)
        if whole.length == piece.count {
            return found.map {
                piece.lowerBound + $0.location..<piece.lowerBound + $0.location + $0.length
            }
        }
        let offsets = Self.offsets(bytes, piece, count: whole.length)
        return found.map { offsets[$0.location]..<offsets[$0.location + $0.length] }
    }

    /// The byte at which each unit of UTF-16 begins, and the end.
    private static func offsets(_ bytes: [UInt8], _ piece: Range<Int>, count: Int) -> [Int] {
        var offsets: [Int] = []
        offsets.reserveCapacity(count + 1)
        var position = piece.lowerBound
        while position < piece.upperBound {
            let length = UTF8Text.length(ofLead: bytes[position])
            offsets.append(position)
            if length == 4 { offsets.append(position) }
            position += length
        }
        return offsets + [piece.upperBound]
    }
}
