/// Keeps keys from answering a dialog that nobody can have read yet.
struct AnswerGuard: Sendable, Equatable {
    /// Seconds for which a dialog that has opened takes no answer.
    static let readingTime = 0.15

    private var opened = -Double.infinity
    /// True for the rest of the read with which a dialog opened.
    private(set) var isOpening = false

    /// Notes that a read of the terminal begins.
    mutating func beginRead() { isOpening = false }

    /// Notes that a dialog has opened.
    mutating func open(now: Double) {
        opened = now
        isOpening = true
    }

    /// Whether a dialog takes an answer now.
    func takesAnswer(now: Double) -> Bool {
        !isOpening && now - opened >= Self.readingTime - 1e-9
    }
}
