internal import Tokenizers

/// A prompt template as a study and the command line name it.
package enum TemplateName: Sendable, Hashable {
    case alpaca
    case plain
    case chatml
    /// The model's own chat template.
    case model
    /// A text with places for the parts of a record.
    case written(TextTemplate)

    /// Those that have a name.
    package static let named: [TemplateName] = [.alpaca, .plain, .chatml, .model]

    /// The name, or the text itself.
    package var rawValue: String {
        switch self {
        case .alpaca: "alpaca"
        case .plain: "plain"
        case .chatml: "chatml"
        case .model: "model"
        case .written(let template): template.source
        }
    }

    /// Reads a name, or a text with `{instruction}` and other parts of a record in it.
    ///
    /// - Throws: `TemplateNameProblem` for what is neither.
    package init(reading text: String) throws(TemplateNameProblem) {
        if let name = Self.named.first(where: { $0.rawValue == text }) {
            self = name
            return
        }
        guard text.contains("{") else { throw .unknown(text) }
        do throws(TextTemplateProblem) {
            let template = try TextTemplate(text)
            let record = Record(instruction: "x", output: "x")
            for field in template.fields where (try? field.text(in: record.fields)) == nil {
                throw TextTemplateProblem.badPlace(field.text)
            }
            guard !template.fields.isEmpty else { throw TextTemplateProblem.brace("{") }
            self = .written(template)
        } catch {
            throw .badText(error)
        }
    }

    /// The template that is meant.
    ///
    /// - Parameters:
    ///   - model: The model's name, for messages.
    ///   - chatTemplate: The text of the model's own chat template, if it has one.
    ///   - encoder: The model's tokenizer.
    /// - Returns: The layout.
    /// - Throws: `DatasetError.noChatTemplate` or `.badChatTemplate` for `model`.
    package func template(
        of model: String, chatTemplate: String?, encoder: some TextEncoder
    ) throws(DatasetError) -> PromptTemplate {
        switch self {
        case .alpaca: return .alpaca
        case .plain: return .plain
        case .chatml: return .chatml
        case .written(let template): return .written(template)
        case .model:
            guard let chatTemplate else { throw .noChatTemplate(model: model) }
            do {
                return .model(try ChatLayout(chatTemplate, encoder: encoder))
            } catch {
                throw .badChatTemplate(model: model, problem: error)
            }
        }
    }
}

/// What is no template.
package enum TemplateNameProblem: Error, Equatable, Sendable, CustomStringConvertible {
    case unknown(String)
    case badText(TextTemplateProblem)

    package var description: String {
        let names = TemplateName.named.map(\.rawValue).joined(separator: ", ")
        let own = "or a text of your own with {instruction}, {input} or {tests} in it"
        return switch self {
        case .unknown(let text): "is `\(text)`; use \(names), \(own)"
        case .badText(.badPlace(let place)):
            "has `{\(place)}`, which no record has; write {instruction}, {input} or {tests}"
        case .badText(let problem): "\(problem)"
        }
    }
}
