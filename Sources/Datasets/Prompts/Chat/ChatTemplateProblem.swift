/// Why a chat template, or a record in one, cannot be used.
package enum ChatTemplateProblem: Error, Equatable, Sendable, CustomStringConvertible {
    /// What the program said, or does that is not known.
    case refused(String)
    /// Question and answer do not come one after the other.
    case noConversation
    /// What it opens an answer with is not how it shows answers.
    case unlikeOpening
    /// A turn of a record, counted from 1, that it does not show.
    case leavesOut(turn: Int, speaker: String)
    /// A layout of one question and its answer is given more.
    case singleTurn(layout: String)

    package var description: String {
        switch self {
        case .refused(let reason): "the chat template fails, \(reason)"
        case .noConversation:
            "the chat template does not show a question and then its answer, once each"
        case .unlikeOpening:
            "the chat template opens an answer that it asks for otherwise than one that it shows, as "
                + "those of models do that always reason first"
        case .leavesOut(let turn, let speaker):
            "the chat template leaves out turn \(turn), the \(speaker)'s, or a part of it"
        case .singleTurn(let layout):
            "\(layout) has no place for system turns and earlier turns; use chatml, or model for the "
                + "model's own chat template"
        }
    }
}
