import Foundation
import TestSupport
import Testing

@testable import Evaluation

@Suite struct HellaSwagTests {
    private struct GoldenRow: Decodable {
        let row: Int
        let query: String
        let choices: [String]
        let continuations: [String]
        let gold: Int
        let norm_len: [Int]
    }

    private func items(_ row: String) throws -> [MultipleChoiceItem] {
        try Tasks.choices("hellaswag", row)
    }

    @Test(
        "queries, continuations and lengths equal the harness's", .enabled(if: sharedFolder != nil))
    func harnessRows() throws {
        let items = try Tasks.sharedItems("hellaswag").choices
        #expect(items.count == 300)
        let rows = try Golden.lines(GoldenRow.self, "hellaswag_lm_eval_sample.jsonl")
        for row in rows where row.row < items.count {
            let item = items[row.row]
            #expect(item.requests.allSatisfy { $0.context == row.query })
            #expect(item.requests.map(\.continuation) == row.continuations)
            #expect(item.gold == row.gold)
            #expect(item.optionLengths == row.norm_len)
        }
    }

    @Test(
        "already cleaned text of the awkward rows stays as it is", .enabled(if: sharedFolder != nil)
    )
    func optionsOfAwkwardRows() throws {
        for row in try Golden.lines(GoldenRow.self, "hellaswag_lm_eval_sample.jsonl") {
            let item = MultipleChoiceItem(
                context: row.query, options: row.choices, gold: row.gold)
            #expect(item.requests.map(\.continuation) == row.continuations)
            #expect(item.optionLengths == row.norm_len)
        }
    }

    @Test("brackets that nothing closes do not take quadratic time", .timeLimit(.minutes(1)))
    func openBrackets() throws {
        let open = String(repeating: "[", count: 200_000)
        let item = try #require(
            try items(
                """
                {"activity_label": "A", "ctx_a": "\(open)\\n[b]c", "ctx_b": "d", "label": 0, \
                "endings": ["e", "\(open)"]}
                """
            ).first)
        #expect(item.requests[0].context == "A: \(open)\nc D")
        #expect(item.requests[1].continuation == " \(open)")
    }

    @Test("cleaning strips, marks titles, deletes brackets and halves double spaces, in this order")
    func cleaning() throws {
        let item = try #require(
            try items(
                #"""
                {"activity_label": " Baking", "ctx_a": "Heat it. [header] Bake [title] Mix.", \#
                "ctx_b": "then YOU", "label": "1", \#
                "endings": ["[step] Stir it.", "a   b [x] [y", " plain [a\nb] c ", "é́[substeps]ü"]}
                """#
            ).first)
        #expect(item.requests[0].context == "Baking: Heat it. Bake. Mix. Then you")
        #expect(
            item.requests.map(\.continuation) == [
                "  Stir it.", " a  b [y", " plain [a\nb] c", " é́ü",
            ])
        #expect(item.optionLengths == [9, 7, 13, 3])
        #expect(item.gold == 1)
    }

    @Test(
        "bad rows say what is wrong",
        arguments: [
            (#""label": 4, "endings": ["a", "b"]"#, "the answer has index 4"),
            (#""label": "", "endings": ["a", "b"]"#, "the answer '' is no index of an option"),
            (#""label": 0, "endings": ["a"]"#, "1 options; at least 2 are needed"),
        ])
    func badRows(fields: String, reason: String) {
        let error = #expect(throws: TaskError.self) {
            try items(#"{"activity_label": "x", "ctx_a": "", "ctx_b": "", \#(fields)}"#)
        }
        let text = error?.description ?? ""
        #expect(text.contains(":1: \(reason)"), "\(text)")
    }
}
