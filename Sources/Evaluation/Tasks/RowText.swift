internal import Datasets
internal import Tokenizers

/// A row of a task as its templates have it.
struct RowText {
    private let row: JSONValue
    private let task: TaskDefinition

    /// - Throws: `FieldProblem` where the row lacks what its shape needs.
    init(
        _ row: JSONValue, part: String?, of task: TaskDefinition, isExample: Bool = false
    ) throws(FieldProblem) {
        var shape = task.data.shape
        if isExample, case .file(let data) = task.examples.source { shape = data.shape ?? shape }
        let shaped = try shape?.fields(of: row) ?? row
        let partFields: [(key: String, value: JSONValue)] =
            part.map {
                [
                    ("part", .string($0)),
                    ("part_words", .string($0.replacing("_", with: " "))),
                ]
            } ?? []
        self.row = .object(partFields + (shaped.object ?? []))
        self.task = task
    }

    /// What stands before the examples.
    var preamble: String {
        get throws(FieldProblem) { try task.preamble.text(of: row) }
    }

    /// The row as an example: question, answer, and what parts it from what follows.
    ///
    /// An empty answer has nothing before it and nothing behind, as in lm-evaluation-harness.
    func solved() throws -> String {
        let (question, answer) = try questionAndAnswer()
        return answer.isEmpty
            ? question : question + task.delimiter + answer + task.examples.separator
    }

    private func questionAndAnswer() throws -> (String, String) {
        switch task.question {
        case .choice(let question):
            let options = try question.options.texts(of: row)
            let gold = try question.gold(of: row, count: options.count)
            return switch question.form {
            case .options(let prompt): (try prompt.text(of: row), options[gold])
            case .contexts(let ending): (options[gold], try ending.text(of: row))
            }
        case .written(let question):
            return (try question.prompt.text(of: row), try question.answer?.text(of: row) ?? "")
        case .continuation(let question):
            return (try question.prompt.text(of: row), try question.continuation.text(of: row))
        case .record, .texts: return ("", "")
        }
    }

    // MARK: - Items

    func choice(_ question: ChoiceQuestion, after prefix: String) throws -> MultipleChoiceItem {
        let options = try question.options.texts(of: row)
        let gold = try question.gold(of: row, count: options.count)
        return switch question.form {
        case .options(let prompt):
            MultipleChoiceItem(
                context: prefix + (try prompt.text(of: row)), options: options, gold: gold,
                delimiter: task.delimiter)
        case .contexts(let ending):
            MultipleChoiceItem(
                contexts: options.map { prefix + $0 }, ending: try ending.text(of: row),
                gold: gold, delimiter: task.delimiter)
        }
    }

    func written(
        _ question: WrittenQuestion, after prefix: String
    ) throws(FieldProblem) -> WrittenItem {
        WrittenItem(
            prompt: prefix + (try question.prompt.text(of: row)),
            answer: try question.answer?.text(of: row), delimiter: task.delimiter,
            program: try question.program.map { program throws(FieldProblem) in
                ProgramParts(
                    start: try program.start.text(of: row), tests: try program.tests.text(of: row))
            })
    }

    func continuation(
        _ question: ContinuationQuestion, after prefix: String
    ) throws(FieldProblem) -> ContinuationItem {
        ContinuationItem(
            .init(
                context: prefix + (try question.prompt.text(of: row)),
                continuation: try question.continuation.text(of: row)))
    }
}

extension ChoiceQuestion.Options {
    /// The texts that a row has.
    func texts(of row: JSONValue) throws(FieldProblem) -> [String] {
        switch self {
        case .list(let template): return try template.texts(of: row)
        case .templates(let templates):
            var texts: [String] = []
            for template in templates { texts.append(try template.text(of: row)) }
            return texts
        }
    }
}

extension ChoiceQuestion {
    /// The index of a row's right option.
    ///
    /// - Throws: `FieldProblem`, or `GoldProblem` unless it is one of `count` options.
    func gold(of row: JSONValue, count: Int) throws -> Int {
        guard count >= 2 else { throw GoldProblem("\(count) options; at least 2 are needed") }
        let text = PythonText.stripped(try gold.text(of: row))
        guard let labels = try labels?.optionalTexts(of: row) else {
            guard let index = Int(text) else {
                throw GoldProblem("the answer '\(text)' is no index of an option")
            }
            guard (0..<count).contains(index) else {
                throw GoldProblem("the answer has index \(index), but there are \(count) options")
            }
            return index
        }
        guard labels.count == count else {
            throw GoldProblem("\(labels.count) labels for \(count) options")
        }
        guard let index = labels.firstIndex(of: text) else {
            throw GoldProblem(
                "the answer '\(text)' is none of the labels \(labels.joined(separator: ", "))")
        }
        return index
    }
}

extension ChoiceQuestion.Options {
    /// The labels of a row; nil where it has no list of them.
    fileprivate func optionalTexts(of row: JSONValue) throws(FieldProblem) -> [String]? {
        do throws(FieldProblem) {
            return try texts(of: row)
        } catch {
            if case .missing = error { return nil }
            throw error
        }
    }
}

/// Why a row has no right option.
struct GoldProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
