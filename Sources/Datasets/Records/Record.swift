package import Foundation

/// One thing to learn from: an instruction with its answer, or a plain text.
package struct Record: Sendable, Equatable {
    /// What is asked; empty for plain text.
    package var instruction: String
    /// What the instruction is about; may be empty.
    package var input: String
    /// The gold answer, or the whole plain text.
    package var output: String
    /// What was said before the instruction: a system turn, questions and their answers.
    package var earlier: [ChatTurn]
    /// Python statements, each of which must run without an exception after the program.
    package var tests: [String]
    /// Text that goes before an answer to make the program under test; empty but for HumanEval.
    package var programStart: String

    package init(
        instruction: String, input: String = "", output: String, tests: [String] = [],
        programStart: String = "", earlier: some Sequence<ChatTurn> = []
    ) {
        self.instruction = instruction
        self.input = input
        self.output = output
        self.tests = tests
        self.programStart = programStart
        self.earlier = Array(earlier)
    }

    /// Whether it asks anything; what does not is plain text.
    package var asks: Bool { !instruction.isEmpty || !input.isEmpty }

    /// The records of a JSON Lines file or a JSON array, compressed or not, all or those of a range.
    ///
    /// Each row's keys tell its shape; see `init(from:)`.
    /// - Throws: `DatasetError.unreadable`, `.malformed` with every bad row, `.empty`, or
    ///   `.noRowInRange`.
    package static func read(
        _ file: URL, _ range: RowRange? = nil
    ) throws(DatasetError) -> [Record] {
        try JSONRows.read(Record.self, from: file, range)
    }
}

extension Record {
    /// The record with its first tests, at most `count`, below the instruction, as MBPP shows them;
    /// unchanged if it has an input already.
    package func showingTests(_ count: Int) -> Record {
        var record = self
        if input.isEmpty { record.input = tests.prefix(count).joined(separator: "\n") }
        return record
    }
}

extension Record: Decodable {
    private enum Key: String, CodingKey {
        case instruction, input, output, tests
        case question, answer
        case text, prompt, code
        case testList = "test_list"
        case canonicalSolution = "canonical_solution"
        case test
        case entryPoint = "entry_point"
    }

    /// Reads any of the known shapes.
    ///
    /// They are tried in this order:
    ///
    /// | keys | from |
    /// |---|---|
    /// | `instruction`, `output`; `input`, `tests` or `test_list` may follow | Alpaca, lethe |
    /// | `messages`, or `conversations`; `system` may follow | chat, ShareGPT |
    /// | `question`, `answer` | GSM8K |
    /// | `text` or `prompt`, `code`; `test_list` may follow | MBPP; the tests become the input |
    /// | `prompt`, `canonical_solution`; `test`, `entry_point` may follow | HumanEval |
    /// | `text` | plain text |
    /// - Throws: `DecodingError` when no shape fits or a value has the wrong type.
    package init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        if row.contains(.instruction), row.contains(.output) {
            try self.init(instructionRow: row)
        } else if let conversation = try Record(conversationOf: decoder) {
            self = conversation
        } else if row.contains(.question), row.contains(.answer) {
            self.init(
                instruction: try row.decode(String.self, forKey: .question),
                output: try row.decode(String.self, forKey: .answer))
        } else if row.contains(.code) {
            try self.init(programRow: row)
        } else if row.contains(.canonicalSolution) {
            try self.init(completionRow: row)
        } else if row.contains(.text) {
            self.init(instruction: "", output: try row.decode(String.self, forKey: .text))
        } else {
            throw ShapeUnknown(keys: try decoder.singleValueContainer().decode(RowKeys.self).names)
        }
    }

    private init(instructionRow row: KeyedDecodingContainer<Key>) throws {
        self.init(
            instruction: try row.decode(String.self, forKey: .instruction),
            input: try row.decodeIfPresent(String.self, forKey: .input) ?? "",
            output: try row.decode(String.self, forKey: .output),
            tests: try row.decodeIfPresent([String].self, forKey: .tests)
                ?? row.decodeIfPresent([String].self, forKey: .testList) ?? [])
    }

    private init(programRow row: KeyedDecodingContainer<Key>) throws {
        let tests = try row.decodeIfPresent([String].self, forKey: .testList) ?? []
        self.init(
            instruction: try row.decode(
                String.self, forKey: row.contains(.text) ? .text : .prompt),
            input: tests.joined(separator: "\n"),
            output: try row.decode(String.self, forKey: .code), tests: tests)
    }

    private init(completionRow row: KeyedDecodingContainer<Key>) throws {
        let prompt = try row.decode(String.self, forKey: .prompt)
        var tests: [String] = []
        if let test = try row.decodeIfPresent(String.self, forKey: .test) {
            let name = try row.decode(String.self, forKey: .entryPoint)
            tests = ["\(test)\ncheck(\(name))"]
        }
        self.init(
            instruction: prompt,
            output: try row.decode(String.self, forKey: .canonicalSolution), tests: tests,
            programStart: prompt)
    }

    private struct ShapeUnknown: Error, CustomStringConvertible {
        let keys: [String]

        var description: String {
            """
            keys \(keys.isEmpty ? "(none)" : keys.joined(separator: ", ")) fit no known shape; \
            give instruction and output, messages, question and answer, text and code, \
            prompt and canonical_solution, or text
            """
        }
    }

    private struct RowKeys: Decodable {
        let names: [String]

        init(from decoder: any Decoder) throws {
            names = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).sorted()
        }
    }
}
