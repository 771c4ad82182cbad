internal import Bases
internal import Datasets
internal import Models
internal import Tokenizers

/// How a drafted study lays records out, and why.
struct DraftTemplate {
    let name: TemplateName
    let reason: String
    /// The records in this layout, of many those of a sample.
    let examples: [TokenizedExample]

    /// Records whose tokens are counted.
    private static let counted = 2000

    /// The base's own chat template where it is a known one; else Alpaca's layout for records that
    /// have inputs, if the base's context holds them in it, and the plain one.
    init(_ model: ModelDescription, _ records: DraftRecords) {
        let own = model.chatTemplate.flatMap {
            PromptTemplate(chatTemplate: $0, edges: model.tokenizer.edges)
        }
        if let own {
            self.init(.model, own, "the base's own chat template, \(own)", model, records)
            return
        }
        let why =
            model.chatTemplate == nil
            ? "the base has no chat template" : "the base's chat template is of another form"
        let plain = DraftTemplate(.plain, .plain, why, model, records)
        guard records.rows.contains(where: { !$0.record.input.isEmpty }) else {
            self = plain
            return
        }
        let alpaca = DraftTemplate(
            .alpaca, .alpaca, why + ", and records have inputs", model, records)
        self = alpaca.fits(model.configuration.maxSequenceLength) ? alpaca : plain
    }

    private init(
        _ name: TemplateName, _ template: PromptTemplate, _ reason: String,
        _ model: ModelDescription, _ records: DraftRecords
    ) {
        (self.name, self.reason) = (name, reason)
        let sample =
            records.regime == .continue
            ? Sample(records.rows) : Sample(drawing: Self.counted, of: records.rows)
        examples = sample.items.map { row in
            TokenizedExample(
                row.record, template: template, mask: .response, encoder: model.tokenizer)
        }
    }

    /// Tokens that each record takes.
    var lengths: [Int] { examples.map { max(1, $0.ids.count - 1) } }

    /// Whether nine records of ten are whole in a context.
    private func fits(_ context: Int) -> Bool {
        lengths.count { $0 <= context } * 10 >= lengths.count * 9
    }
}
