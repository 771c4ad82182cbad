import Datasets
import Foundation
import TestSupport
import Testing

/// Records that are conversations of several turns.
@Suite struct ConversationRecordTests {
    private func read(_ rows: String...) throws -> [Record] {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "rows.jsonl")
            try Data(rows.joined(separator: "\n").utf8).write(to: file)
            return try Record.read(file)
        }
    }

    @Test("the last turn is the answer, the one before it is asked, the others come earlier")
    func messages() throws {
        let records = try read(
            #"""
            {"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "a"}, \#
            {"role": "assistant", "content": "b", "tool_calls": null}, {"role": "user", \#
            "content": [{"type": "text", "text": "c"}, {"type": "text", "text": "!"}]}, \#
            {"role": "assistant", "content": "d"}], "prompt": "a", "tools": []}
            """#,
            #"""
            {"conversations": [{"from": "human", "value": "c"}, {"from": "gpt", "value": "d"}], \#
            "system": "s", "id": 7}
            """#)
        #expect(
            records == [
                Record(
                    instruction: "c!", output: "d",
                    earlier: [
                        ChatTurn(.system, "s"), ChatTurn(.user, "a"), ChatTurn(.assistant, "b"),
                    ]),
                Record(instruction: "c", output: "d", earlier: [ChatTurn(.system, "s")]),
            ])
    }

    @Test("what cannot be learned from is refused, all rows at once, with what and where")
    func refused() throws {
        let ok = #"{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}"#
        let cases = [
            (
                #"{"messages": [\#(ok), {"role": "tool", "content": "c"}]}"#,
                "messages[2]: its role is 'tool'"
            ),
            (
                #"{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "", "tool_calls": [{"id": "x"}]}]}"#,
                "messages[1]: tool_calls: calls of tools cannot be learned from"
            ),
            (
                #"{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b", "reasoning_content": "hm"}]}"#,
                "messages[1]: reasoning_content: reasoning cannot"
            ),
            (
                #"{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b", "thinking": "hm"}]}"#,
                "messages[1]: thinking: reasoning cannot"
            ),
            (
                #"{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": "u"}]}, {"role": "assistant", "content": "b"}]}"#,
                "messages[0]: a part of it is of type 'image_url'"
            ),
            (#"{"messages": [\#(ok)], "tools": [{"name": "f"}]}"#, "tools: cannot be learned from"),
            (
                #"{"messages": [{"role": "user", "content": "a"}]}"#,
                "messages: the last two turns must be"
            ),
            (
                #"{"messages": [{"role": "assistant", "content": "a"}, {"role": "user", "content": "a"}]}"#,
                "messages: the last two"
            ),
            (#"{"messages": []}"#, "messages: the last two turns"),
            (#"{"messages": "hello"}"#, "messages is no list of messages"),
            (
                #"{"messages": [{"role": "user"}, {"role": "assistant", "content": null}]}"#,
                "messages[0]: it has no content; messages[1]: its content is neither"
            ),
            (
                #"{"messages": [{"role": "user", "content": ""}, {"role": "assistant", "content": "b"}]}"#,
                "the last user's turn is empty"
            ),
            (
                #"{"conversations": [{"from": "observation", "value": "a"}]}"#,
                "conversations[0]: its role is 'observation'"
            ),
        ]
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "rows.jsonl")
            try Data(cases.map(\.0).joined(separator: "\n").utf8).write(to: file)
            let error = #expect(throws: DatasetError.self) { try Record.read(file) }
            let lines = (error?.description ?? "").split(separator: "\n")
            #expect(lines.count == cases.count)
            for (index, (line, expected)) in zip(lines, cases.map(\.1)).enumerated() {
                #expect(line.contains("rows.jsonl:\(index + 1): "), "\(line)")
                #expect(line.contains(expected), "\(line)")
            }
        }
    }

    @Test("a data set tells all records at once that a template has no place for")
    func unfit() throws {
        let fine = Record(instruction: "a", output: "b")
        let chat = Record(instruction: "a", output: "b", earlier: [ChatTurn(.system, "s")])
        let error = #expect(throws: DatasetError.self) {
            try TokenizedDataset(
                [chat, fine, chat], template: .plain, mask: .response, sequenceLength: 64,
                encoder: ByteEncoder())
        }
        let text = error?.description ?? ""
        #expect(text.contains("record 1: plain has no place") && text.contains("record 3: plain"))
        let set = try TokenizedDataset(
            [chat, fine, chat], template: .chatml, mask: .response, sequenceLength: 64,
            encoder: ByteEncoder())
        #expect(set.examples.count == 3)
    }

    @Test("a conversation that is cut keeps the loss of its earlier answers, and is counted")
    func truncation() throws {
        let chat = Record(
            instruction: String(repeating: "c", count: 40), output: "d",
            earlier: [ChatTurn(.user, "a"), ChatTurn(.assistant, "bb")])
        let set = try TokenizedDataset(
            [chat], template: .chatml, mask: .response, sequenceLength: 40, encoder: ByteEncoder())
        #expect(set.truncatedCount == 1 && set.droppedCount == 0)
        let example = try #require(set.examples.first)
        #expect(example.ids.count == 41 && example.answerRange.isEmpty)
        #expect(example.weights.reduce(0, +) == 3)
    }
}
