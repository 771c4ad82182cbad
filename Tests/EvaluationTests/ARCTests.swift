import Foundation
import TestSupport
import Testing

@testable import Evaluation

@Suite struct ARCTests {
    @Test(
        "the three shapes of file give the same item",
        arguments: [
            #"{"question": "Which?", "choices": ["x", "y", "z"], "gold": 1}"#,
            #"""
            {"question": "Which?", "answerKey": "B", \#
            "choices": {"text": ["x", "y", "z"], "label": ["A", "B", "C"]}}
            """#,
            #"""
            {"answerKey": "2", "question": {"stem": "Which?", "choices": [ \#
            {"text": "x", "label": "1"}, {"text": "y", "label": "2"}, \#
            {"text": "z", "label": "3"}]}}
            """#,
        ])
    func shapes(row: String) throws {
        let expected = MultipleChoiceItem(
            context: "Question: Which?\nAnswer:", options: ["x", "y", "z"], gold: 1)
        #expect(try Tasks.choices("arc_easy", row) == [expected])
        #expect(expected.requests.map(\.continuation) == [" x", " y", " z"])
    }

    @Test("an answer outside the labels is an error")
    func badAnswer() {
        let row = #"""
            {"question": "Which?", "answerKey": "D", \#
            "choices": {"text": ["x", "y"], "label": ["A", "B"]}}
            """#
        let error = #expect(throws: TaskError.self) { try Tasks.choices("arc_easy", row) }
        let text = error?.description ?? ""
        #expect(text.contains("the answer 'D' is none of the labels A, B"), "\(text)")
    }

    @Test(
        "the published files are read in full", .enabled(if: sharedFolder != nil),
        arguments: [("arc_challenge", 299), ("arc_easy", 570)])
    func published(task: String, count: Int) throws {
        let items = try Tasks.sharedItems(task).choices
        #expect(items.count == count)
        let sizes = Set(items.map(\.requests.count))
        #expect(sizes.isSubset(of: [3, 4, 5]))
    }
}
