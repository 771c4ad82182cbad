import Foundation
import TestSupport
import Testing

@testable import Evaluation

@Suite struct PIQATests {
    private let rows = #"""
        {"goal": "g", "sol1": "one", "sol2": "three"}
        {"goal": "h", "sol1": "a", "sol2": "b"}
        """#

    private func read(labels: String?, named name: String) throws -> [MultipleChoiceItem] {
        var files = ["piqa/valid.jsonl": rows]
        if let labels { files["piqa/\(name)"] = labels }
        return try Tasks.items("piqa", files: files).choices
    }

    @Test("labels lie beside the file", arguments: ["valid-labels.lst", "labels.lst"])
    func labels(name: String) throws {
        let items = try read(labels: "1\r\n0\r\n", named: name)
        #expect(items.map(\.gold) == [1, 0])
        #expect(items[0].requests[0].context == "Question: g\nAnswer:")
        #expect(items[0].optionLengths == [3, 5])
    }

    @Test(
        "missing, too few and impossible labels are errors",
        arguments: [nil, "1\n", "1\n2\n", "x\n0\n"])
    func badLabels(labels: String?) {
        #expect(throws: TaskError.self) { try read(labels: labels, named: "labels.lst") }
    }

    @Test("the published file is read in full", .enabled(if: sharedFolder != nil))
    func published() throws {
        let items = try Tasks.sharedItems("piqa").choices
        #expect(items.count == 200)
        #expect(items.prefix(3).map(\.gold) == [0, 1, 1])
    }
}
