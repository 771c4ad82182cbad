package import Tokenizers

/// A prompt template as a study and the command line name it.
package enum TemplateName: String, Sendable, CaseIterable {
    case alpaca
    case plain
    case chatml
    /// The model's own chat template, where it is one of the others.
    case model

    /// The template that is meant.
    ///
    /// - Parameters:
    ///   - model: The model's name, for messages.
    ///   - chatTemplate: The text of the model's own chat template, if it has one.
    ///   - edges: The tokens at the edges of the model's texts.
    /// - Returns: The layout.
    /// - Throws: `DatasetError.noChatTemplate` or `.unknownChatTemplate` for `model`.
    package func template(
        of model: String, chatTemplate: String?, edges: TextEdges
    ) throws(DatasetError) -> PromptTemplate {
        switch self {
        case .alpaca: return .alpaca
        case .plain: return .plain
        case .chatml: return .chatml
        case .model:
            guard let chatTemplate else { throw .noChatTemplate(model: model) }
            guard let template = PromptTemplate(chatTemplate: chatTemplate, edges: edges) else {
                throw .unknownChatTemplate(model: model)
            }
            return template
        }
    }
}
