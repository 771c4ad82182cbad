import Foundation
import TestSupport
import Testing

@testable import Evaluation

@Suite struct WinoGrandeTests {
    private struct GoldenRow: Decodable {
        let row: Int
        let contexts: [String]
        let continuation: String
        let gold: Int
    }

    @Test("contexts and endings equal the harness's", .enabled(if: sharedFolder != nil))
    func harnessRows() throws {
        let items = try Tasks.sharedItems("winogrande").choices
        #expect(items.count == 400)
        for row in try Golden.lines(GoldenRow.self, "winogrande_lm_eval_sample.jsonl") {
            let item = items[row.row]
            #expect(item.requests.map(\.context) == row.contexts)
            #expect(item.requests.allSatisfy { $0.continuation == row.continuation })
            #expect(item.gold == row.gold)
        }
    }

    @Test("an ending of punctuation alone still counts")
    func punctuation() throws {
        let row =
            #"{"sentence": "Ann met Bo, not _ .", "option1": "A", "option2": "B", "answer": "1"}"#
        let item = try #require(try Tasks.choices("winogrande", row).first)
        #expect(item.requests.map(\.context) == ["Ann met Bo, not A", "Ann met Bo, not B"])
        #expect(item.requests.map(\.continuation) == [" .", " ."])
        #expect(item.gold == 0)
    }

    @Test(
        "bad rows say what is wrong",
        arguments: [
            (
                #""sentence": "no blank", "answer": "1""#,
                "nothing for {sentence with a blank _}; the row has option1, option2, sentence, answer"
            ),
            (#""sentence": "a _", "answer": "3""#, "the answer '3' is none of the labels 1, 2"),
        ])
    func badRows(fields: String, reason: String) {
        let error = #expect(throws: TaskError.self) {
            try Tasks.choices("winogrande", #"{"option1": "A", "option2": "B", \#(fields)}"#)
        }
        let text = error?.description ?? ""
        #expect(text.hasSuffix(reason), "\(text)")
    }
}
