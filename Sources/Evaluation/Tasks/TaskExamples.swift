internal import Tokenizers

/// Which solved rows stand before a question.
package struct TaskExamples: Sendable, Equatable {
    /// Where they come from.
    package enum Source: Sendable, Equatable {
        case file(TaskData)
        /// From the task's file itself.
        case rows(ExampleRows)
        /// The task has none.
        case none
    }

    /// Which of the rows a question gets.
    package enum Order: String, Sendable, CaseIterable {
        /// The first ones, the same for every question.
        case first
        /// Others for every question, drawn as lm-evaluation-harness does.
        case drawn
    }

    package var source: Source
    /// How many, unless the user asks for others.
    package var count: Int
    package var order: Order
    /// How many more are drawn than are shown, of which the question itself is taken out; nil for 1 where
    /// the examples are rows of the task's own file, and else 0.
    ///
    /// lm-evaluation-harness draws one more where it takes the examples for rows of the same split, which
    /// it also does for data sets that have a validation split and no test split.
    package var spare: Int?
    /// What stands after each of them.
    package var separator: String

    /// The seed of drawn examples in lm-evaluation-harness.
    static let seed: UInt32 = 1234
}

/// Rows that a task's file holds.
package struct ExampleRows: Sendable, Equatable {
    let rows: [JSONValue]

    package static func == (left: ExampleRows, right: ExampleRows) -> Bool {
        left.rows.map(\.canonical) == right.rows.map(\.canonical)
    }
}

extension JSONValue {
    /// A text that is the same for the same values alone.
    var canonical: String {
        switch self {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .string(let text): text.debugDescription
        case .array(let values): "[" + values.map(\.canonical).joined(separator: ",") + "]"
        case .object(let fields):
            "{"
                + fields.map { "\($0.key.debugDescription):\($0.value.canonical)" }.sorted()
                .joined(separator: ",") + "}"
        }
    }
}
