import RunEvents

/// Asks for a new learning rate of an arm.
struct LearningRatePrompt: Sendable, Equatable {
    /// The arm that was selected when the prompt opened.
    let arm: String
    private(set) var text = ""
    private(set) var problem: String?

    init(arm: String) { self.arm = arm }

    /// The longest number that fits.
    private static let capacity = 16

    /// Takes the printable characters that fit, typed or pasted.
    mutating func enter(_ more: String) {
        problem = nil
        for scalar in more.unicodeScalars where scalar.isASCII && (0x21..<0x7F) ~= scalar.value {
            guard text.count < Self.capacity else {
                problem = "no more than \(Self.capacity) characters fit"
                return
            }
            text.unicodeScalars.append(scalar)
        }
    }

    mutating func erase() {
        problem = nil
        if !text.isEmpty { text.removeLast() }
    }

    /// The rate that was typed, or nil with the problem on the screen.
    mutating func accept() -> Double? {
        let isDecimal = text.allSatisfy { "0123456789.eE+-".contains($0) }
        if isDecimal, let rate = Double(text), rate.isFinite, rate > 0 { return rate }
        problem = text.isEmpty ? "type a number, such as 1e-4" : "not a positive number: \(text)"
        return nil
    }

    func lines(_ scene: Scene) -> [StyledText] {
        var title = StyledText("New peak learning rate of ")
        title.append(arm, CellStyle(.accent, bold: true))
        let old = scene.history.arm(named: arm)?.peakLearningRate.map(NumberText.learningRate)
        var entry = StyledText("now \(old ?? "-")  new ", CellStyle(.dim))
        entry.append(text, CellStyle(.standard, bold: true))
        entry.append("_", CellStyle(.accent))
        let last =
            problem.map { StyledText($0, CellStyle(.warning)) }
            ?? StyledText("Enter sets it, Esc leaves it as it is", CellStyle(.dim))
        return [title, entry, last]
    }
}
