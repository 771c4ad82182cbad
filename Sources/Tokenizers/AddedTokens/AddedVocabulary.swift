/// The tokens that are recognised whole, and how text is normalized between them.
struct AddedVocabulary: Sendable {
    /// All of them, by id.
    let tokens: [AddedToken]
    /// How they stand in normalized text, by id.
    private let texts: [Int32: String]
    private let normalizers: [any Normalizer]
    private let all: Passes
    private let ordinary: Passes

    /// Where tokens are looked for: first in the text, then in its normalized rest.
    private struct Passes {
        let written: AddedTokenMatcher
        let normalized: AddedTokenMatcher
    }

    /// An ordinary stretch of text, normalized, or one token.
    enum Part {
        case token(Int32)
        case text([UInt8], Range<Int>, TextPosition)
    }

    init(_ tokens: [AddedToken], _ normalizers: [any Normalizer]) {
        self.tokens = tokens.sorted { $0.id < $1.id }
        self.normalizers = normalizers
        texts = Dictionary(
            tokens.map { ($0.id, String(decoding: Self.written($0, normalizers), as: UTF8.self)) },
            uniquingKeysWith: { first, _ in first })
        all = Self.passes(tokens, normalizers)
        ordinary = Self.passes(tokens.filter { !$0.isSpecial }, normalizers)
    }

    private static func passes(_ tokens: [AddedToken], _ normalizers: [any Normalizer]) -> Passes {
        Passes(
            written: AddedTokenMatcher(tokens.filter { !$0.isNormalized }),
            normalized: AddedTokenMatcher(tokens.filter(\.isNormalized)) {
                written($0, normalizers)
            })
    }

    private static func written(_ token: AddedToken, _ normalizers: [any Normalizer]) -> [UInt8] {
        var text = Array(token.text.utf8)
        guard token.isNormalized else { return text }
        for normalizer in normalizers { normalizer.normalize(&text, at: .start) }
        return text
    }

    /// The text of a token, normalized where it is looked for in normalized text; nil for others.
    func text(of id: Int32) -> String? { texts[id] }

    func contains(_ id: Int32) -> Bool { texts[id] != nil }

    /// Cuts a text at `position` into tokens and what lies between; special tokens are looked for
    /// only where `special` is true.
    func parts(
        of text: [UInt8], at position: TextPosition, special: Bool, _ each: (Part) -> Void
    ) {
        let passes = special ? all : ordinary
        var place = position
        for segment in passes.written.segments(of: text, text.indices) {
            if let id = segment.id {
                each(.token(id))
                place = .afterToken
            } else {
                rest(of: text, segment.range, place, passes.normalized, each)
            }
        }
    }

    private func rest(
        of text: [UInt8], _ range: Range<Int>, _ position: TextPosition,
        _ matcher: AddedTokenMatcher,
        _ each: (Part) -> Void
    ) {
        var (bytes, range) = (text, range)
        if !normalizers.isEmpty {
            bytes = Array(text[range])
            for normalizer in normalizers { normalizer.normalize(&bytes, at: position) }
            range = bytes.indices
        }
        var place = position
        for segment in matcher.segments(of: bytes, range) {
            if let id = segment.id {
                each(.token(id))
                place = .afterToken
            } else {
                each(.text(bytes, segment.range, place))
            }
        }
    }
}
