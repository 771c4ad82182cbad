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

    /// Tokens of all records, with the marks at their ends.
    private var tokenCount: Int { examples.reduce(0) { $0 + $1.ids.count } }

    /// How long sequences of the records are to be.
    ///
    /// - Parameters:
    ///   - records: Those of the examples.
    ///   - file: What messages call them.
    ///   - context: The base's.
    /// - Returns: Tokens.
    /// - Throws: `StudyDraftError.unusable` if nothing would be left to learn.
    func sequenceLength(
        of records: DraftRecords, named file: String, context: Int
    ) throws(StudyDraftError) -> Int {
        let length =
            records.regime == .instruct
            ? LengthChoice.length(of: lengths, context: context)
            : LengthChoice.length(ofText: tokenCount, context: context)
        guard examples.contains(where: { $0.responseStart <= length }) else {
            throw .unusable([
                "\(file): no answer begins within the context of \(context) tokens; use shorter "
                    + "records, or another base"
            ])
        }
        guard exampleCount(of: records, length) > 0 else {
            throw .unusable(["\(file): its text has fewer than \(length) tokens; give more of it"])
        }
        return length
    }

    /// How many examples an arm sees in a pass: records, or rows of their text.
    func exampleCount(of records: DraftRecords, _ sequenceLength: Int) -> Int {
        records.regime == .instruct
            ? records.rows.count : (tokenCount - 1) / sequenceLength
    }

    /// Whether nine records of ten are whole in a context.
    private func fits(_ context: Int) -> Bool {
        lengths.count { $0 <= context } * 10 >= lengths.count * 9
    }
}
