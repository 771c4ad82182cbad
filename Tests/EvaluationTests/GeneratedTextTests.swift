import Evaluation
import Testing

@Suite struct GeneratedTextTests {
    @Test(
        "text ends at the first stop string",
        arguments: [
            ("a Q: b Q: c", ["Q:"], "a "), ("a\ndef b\nclass c", ["\nclass", "\ndef"], "a"),
            ("nothing", ["Q:", ""], "nothing"), ("Q: at once", ["Q:"], ""),
            ("a#\u{301} b", ["#"], "a"),
        ])
    func cut(text: String, stops: [String], expected: String) {
        #expect(StopStrings.cut(text, at: stops) == expected)
        #expect(StopStrings.occur(in: text, stops) == (text != expected))
    }

    @Test(
        "exact match ignores white space at the end alone",
        arguments: [
            ("x \n", "x", true), ("x", "x\n", true), (" x", "x", false), ("X", "x", false),
            ("e\u{301}", "\u{E9}", false), ("", "", true),
        ])
    func exactMatch(answer: String, gold: String, isRight: Bool) {
        #expect(AnswerComparison().isSame(answer, as: gold) == isRight)
    }
}
