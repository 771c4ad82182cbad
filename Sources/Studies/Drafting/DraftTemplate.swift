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

    /// The base's own chat template where it has a place for every record; else ChatML for records of
    /// several turns, Alpaca's layout for records with inputs if the base's context holds them in it,
    /// and the plain one.
    ///
    /// - Throws: `StudyDraftError.unusable` if none of them has a place for every record.
    init(_ model: ModelDescription, _ data: DraftData) throws {
        var why = "the base has no chat template"
        if let text = model.chatTemplate {
            do {
                let own = PromptTemplate.model(try ChatLayout(text, encoder: model.tokenizer))
                try self.init(.model, own, "the base's own chat template", model, data)
                return
            } catch { why = "of the base's own, \(error)" }
        }
        do {
            self = try Self.general(model, data, why)
        } catch { throw StudyDraftError.unusable(["\(data.train): \(error)"]) }
    }

    /// A layout that is no model's own.
    private static func general(
        _ model: ModelDescription, _ data: DraftData, _ why: String
    ) throws -> DraftTemplate {
        if data.has({ !$0.earlier.isEmpty }) {
            return try DraftTemplate(
                .chatml, .chatml, why + "; records have several turns", model, data)
        }
        let plain = try DraftTemplate(.plain, .plain, why, model, data)
        guard data.has({ !$0.input.isEmpty }) else { return plain }
        let alpaca = try DraftTemplate(
            .alpaca, .alpaca, why + "; records have inputs", model, data)
        return alpaca.fits(model.configuration.maxSequenceLength) ? alpaca : plain
    }

    private init(
        _ name: TemplateName, _ template: PromptTemplate, _ reason: String,
        _ model: ModelDescription, _ data: DraftData
    ) throws {
        (self.name, self.reason) = (name, reason)
        for row in data.training.rows + data.measured.rows {
            _ = try template.laidOut(row.record)
        }
        let records = data.training
        let sample =
            records.regime == .continue
            ? Sample(records.rows) : Sample(drawing: Self.counted, of: records.rows)
        examples = try sample.items.map { row in
            try TokenizedExample(
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
