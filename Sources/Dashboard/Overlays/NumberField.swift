/// A field for one positive number.
struct NumberField: Sendable, Equatable {
    private(set) var text = ""
    private(set) var problem: String?

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

    /// Takes what was typed for the number.
    ///
    /// - Parameter example: What could be typed.
    /// - Returns: nil, with the problem on the screen, if it is no positive number.
    mutating func accept(example: String) -> Double? {
        let isDecimal = text.allSatisfy { "0123456789.eE+-".contains($0) }
        if isDecimal, let number = Double(text), number.isFinite, number > 0 { return number }
        problem =
            text.isEmpty ? "type a number, such as \(example)" : "not a positive number: \(text)"
        return nil
    }

    /// The field after what stands for now.
    func line(now: String) -> StyledText {
        var entry = StyledText("now \(now)  new ", CellStyle(.dim))
        entry.append(text, CellStyle(.standard, bold: true))
        entry.append("_", CellStyle(.accent))
        return entry
    }

    /// What is wrong, else the hint.
    func remark(hint: String) -> StyledText {
        problem.map { StyledText($0, CellStyle(.warning)) } ?? StyledText(hint, CellStyle(.dim))
    }
}
