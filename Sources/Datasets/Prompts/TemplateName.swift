/// A prompt template as a study and the command line name it.
package enum TemplateName: String, Sendable, CaseIterable {
    case alpaca
    case plain
    case chatml
    /// The model's own chat template.
    case model

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
