internal import Tokenizers

extension Record {
    /// What a text of one's own can name: `instruction`, `input`, and `tests`, a line each.
    var fields: JSONValue {
        .object([
            ("instruction", .string(instruction)), ("input", .string(input)),
            ("tests", .array(tests.map { .string($0) })),
        ])
    }
}

extension TextTemplate {
    /// The prompt of a record: what stands in the template itself are its marks.
    func spans(of record: Record) -> [TextSpan] {
        pieces.map { piece in
            switch piece {
            case .text(let text): TextSpan(text, .template)
            case .field(let field):
                TextSpan((try? field.text(in: record.fields)) ?? "", .instruction)
            }
        }
    }
}
