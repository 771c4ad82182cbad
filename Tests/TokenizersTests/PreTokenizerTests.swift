import Foundation
import Testing
import Tokenizers

@Suite struct PreTokenizerTests {
    @Test(
        "words are those of the GPT-2 expression",
        arguments: [
            ("don't I'll we've 'tis", ["don", "'t", " I", "'ll", " we", "'ve", " '", "tis"]),
            ("CAN'T !'s", ["CAN", "'", "T", " !'", "s"]),
            ("a  b   ", ["a", " ", " b", "   "]),
            ("a\n\n b", ["a", "\n\n", " b"]),
            ("\tx 12ab", ["\t", "x", " 12", "ab"]),
            ("", []),
        ])
    func gpt2Words(text: String, expected: [String]) {
        #expect(PreTokenizer.gpt2.words(in: text) == expected)
    }

    @Test("numbers stand alone and end the piece of text before them")
    func smollmWords() {
        #expect(
            PreTokenizer.smollm.words(in: "a 12 x  3½'s")
                == ["a", " ", "1", "2", " x", "  ", "3", "½", "'s"])
    }

    @Test("any text is cut as the regular expression cuts it", arguments: 0..<200)
    func equalsRegularExpression(seed: UInt64) throws {
        let text = Self.text(seed)
        #expect(PreTokenizer.gpt2.words(in: text) == (try Self.matches(Self.gpt2, text)))
        let pieces = try Self.matches("\\p{N}|\\P{N}+", text)
        #expect(
            PreTokenizer.smollm.words(in: text)
                == (try pieces.flatMap { try Self.matches(Self.gpt2, $0) }))
    }

    private static let gpt2 =
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\p{White_Space}\\p{L}\\p{N}]+"
        + "|\\p{White_Space}+(?!\\P{White_Space})|\\p{White_Space}+"

    /// 60 random scalars, most of which stand where rules meet.
    private static func text(_ seed: UInt64) -> String {
        let scalars = Array(
            "    ''''stremvld \n\r\t\u{b}\u{1c}\u{85}\u{a0}\u{200b}\u{3000}aZé\u{301}日ǅʰ٣Ⅷ½07!_-€👩🏽"
                .unicodeScalars)
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        var text = String.UnicodeScalarView()
        for _ in 0..<60 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text.append(scalars[Int((state >> 33) % UInt64(scalars.count))])
        }
        return String(text)
    }

    private static func matches(_ pattern: String, _ text: String) throws -> [String] {
        let whole = text as NSString
        return try NSRegularExpression(pattern: pattern)
            .matches(in: text, range: NSRange(location: 0, length: whole.length))
            .map { whole.substring(with: $0.range) }
    }
}
