/// What can be wrong with training data.
package enum DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
    /// One row of a file that could not be used; rows count from 1.
    package struct RowProblem: Equatable, Sendable {
        package let row: Int
        package let reason: String

        package init(row: Int, reason: String) {
            self.row = row
            self.reason = reason
        }
    }

    case unreadable(path: String, reason: String)
    /// Rows of a file that cannot be used.
    case malformed(path: String, problems: [RowProblem])
    case empty(path: String)
    /// A file of another form than those that are read.
    case foreign(path: String, form: String)
    case unknownLossMask(String)
    case noChatTemplate(model: String)
    case badChatTemplate(model: String, problem: ChatTemplateProblem)
    /// Records, counted from 1, that a template cannot lay out.
    case unfit(problems: [RowProblem])
    case noRowInRange(path: String, RowRange)
    /// Rows of a file are to be chosen that has none.
    case noRowsToChoose(path: String)
    case nothingToLearn(records: Int, sequenceLength: Int)
    /// A record, counted from 1, of which a part has no token.
    case noTokens(record: Int, part: String)
    case textTooShort(tokens: Int, needed: Int)
    case positionOutOfRange(epoch: Int, index: Int, count: Int)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path): cannot be read (\(reason)); check the path and its permissions"
        case .malformed(let path, let problems): Self.describe(path, ":", problems)
        case .empty(let path):
            "\(path): holds no records; give a file with at least one"
        case .foreign(let path, let form):
            """
            \(path): is \(form); what is read is JSON Lines (one object a line), one JSON array of \
            objects, or plain text in .txt, in UTF-8, with gzip or without
            """
        case .unknownLossMask(let text):
            "loss mask '\(text)' is unknown; use response, all, boilerplate or a number from 0 to 1"
        case .noChatTemplate(let model):
            "\(model) has no chat template of its own; use alpaca, plain or chatml"
        case .badChatTemplate(let model, let problem):
            """
            the chat template of \(model) cannot be used (\(problem)); use alpaca, plain or chatml
            """
        case .unfit(let problems):
            Self.describe("record", " ", problems)
                + "\nleave them out, or write another template into the study"
        case .noRowInRange(let path, let rows):
            "\(path): no row has \(rows); choose others, or leave `rows` out"
        case .noRowsToChoose(let path):
            "\(path): is plain text, without rows that could be chosen; leave `rows` out"
        case .nothingToLearn(let records, let sequenceLength):
            """
            none of \(records) records keeps a token with loss within \(sequenceLength) tokens; \
            raise sequence_length or change loss_mask
            """
        case .noTokens(let record, let part):
            """
            record \(record): the vocabulary has no token for its \(part); use a model whose \
            tokenizer knows its characters, or leave the record out
            """
        case .textTooShort(let tokens, let needed):
            """
            the text has \(tokens) tokens but one row needs \(needed); \
            lower sequence_length or give more text
            """
        case .positionOutOfRange(let epoch, let index, let count):
            """
            data position (epoch \(epoch), index \(index)) does not fit a set of \(count) \
            examples; the training data changed since the checkpoint
            """
        }
    }

    /// The most problems that are told one by one.
    private static let most = 20

    /// A line for each problem: the name, a separator, the row, and what is wrong.
    private static func describe(
        _ name: String, _ separator: String, _ problems: [RowProblem]
    ) -> String {
        var lines = problems.prefix(most).map { "\(name)\(separator)\($0.row): \($0.reason)" }
        if problems.count > most { lines.append("\(name): and \(problems.count - most) more") }
        return lines.joined(separator: "\n")
    }
}
