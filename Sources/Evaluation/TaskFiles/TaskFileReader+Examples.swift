internal import Settings
internal import Tokenizers

extension TaskFileReader {
    /// The solved rows before a question.
    func examples(of question: TaskDefinition.Question) -> TaskExamples {
        var examples = TaskExamples(
            source: .none, count: 0, order: .drawn, spare: nil, separator: "\n\n")
        guard root.value("examples") != nil else { return examples }
        if case .record = question {
            root.problem("examples", "have no place in the layout of a record; leave them out")
        }
        let section = root.section("examples")
        defer { section.finish() }
        examples.source = source(section)
        examples.count = section.integer("count", default: 0, in: 0...1000)
        examples.order = section.choice("order", default: .drawn)
        examples.spare = section.optionalInteger("spare", in: 0...1)
        examples.separator = section.text("separator", default: "\n\n")
        return examples
    }

    private func source(_ section: SettingsSection) -> TaskExamples.Source {
        guard section.value("solved") != nil else {
            return .file(data(section, key: "file"))
        }
        let rows = section.elements("solved").map(\.node)
        if rows.contains(where: { $0.entries == nil }) {
            section.problem("solved", "holds what is no group of fields; write `- { field: text }`")
        }
        return .rows(ExampleRows(rows: rows.map(\.json)))
    }
}

extension SettingsNode {
    /// The value as a row would have it.
    fileprivate var json: JSONValue {
        switch content {
        case .null: .null
        case .scalar(let text): .string(text)
        case .sequence(let items): .array(items.map(\.json))
        case .mapping(let entries): .object(entries.map { (key: $0.key, value: $0.value.json) })
        }
    }
}
