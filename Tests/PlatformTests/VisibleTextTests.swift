import Platform
import Testing

@Suite struct VisibleTextTests {
    @Test(
        "what a terminal would obey becomes visible, all else stays",
        arguments: [
            ("plain, π, 日本語, 👩‍👩‍👧\n\ttab", "plain, π, 日本語, 👩‍👩‍👧\n\ttab"),
            ("\u{1B}[31mred\u{1B}]0;title\u{7}", "␛[31mred␛]0;title␇"),
            ("a\rb\u{8}c\u{7F}", "a␍b␈c␡"),
            ("\u{9B}2J\u{9D}0;x\u{9C}", "<U+009B>2J<U+009D>0;x<U+009C>"),
            ("exe\u{202E}txt\u{2066}", "exe<U+202E>txt<U+2066>"),
            ("\r\n", "␍\n"), ("", ""),
        ])
    func visible(text: String, expected: String) {
        #expect(text.visible == expected)
        #expect(text.visible.visible == expected)
    }
}
