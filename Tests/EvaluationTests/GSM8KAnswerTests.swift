import Evaluation
import TestSupport
import Testing

@Suite struct GSM8KAnswerTests {
    private struct GoldenRow: Decodable {
        let completion: String
        let strict_match: String
        let flexible_extract: String
        let strict_normalised: String
        let flexible_normalised: String
    }

    @Test("extraction and comparison equal the harness's", .enabled(if: sharedFolder != nil))
    func harnessRows() throws {
        for row in try Golden.lines(GoldenRow.self, "gsm8k_extraction.jsonl") {
            let strict = GSM8KAnswer.strict.extract(from: row.completion)
            let flexible = GSM8KAnswer.flexible.extract(from: row.completion)
            #expect(strict == row.strict_match)
            #expect(flexible == row.flexible_extract)
            #expect(GSM8KAnswer.normalised(strict) == row.strict_normalised)
            #expect(GSM8KAnswer.normalised(flexible) == row.flexible_normalised)
        }
    }

    @Test(
        "what is compared",
        arguments: [
            ("1 + 1 = <<1+1=2>>2\n#### 1,234", "1234"), ("#### 1\n#### 2.", "2"), ("$5.00", "5.00"),
            ("a.\n", "a\n"), ("A..", "a."), ("", ""), ("####7", "####7"),
        ])
    func normalised(text: String, expected: String) {
        #expect(GSM8KAnswer.normalised(text) == expected)
    }

    @Test("an answer is right when the same text remains")
    func right() {
        let reference = "He has <<9*2=18>>18.\n#### 18"
        #expect(GSM8KAnswer.strict.isRight("So 18.\n#### 18", reference: reference))
        #expect(!GSM8KAnswer.strict.isRight("The answer is 18.", reference: reference))
        #expect(GSM8KAnswer.flexible.isRight("The answer is $18.", reference: reference))
        #expect(!GSM8KAnswer.flexible.isRight("The answer is 18.0", reference: reference))
        #expect(!GSM8KAnswer.strict.isRight("no number", reference: "#### 1"))
    }
}
