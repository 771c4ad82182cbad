internal import Foundation

/// An expression of Python's `re` for the names of modules.
struct ModuleExpression {
    /// An expression that takes too long for a name, or that no engine can follow.
    struct Endless: Error, CustomStringConvertible {
        let text: String

        var description: String { "the expression \(text.prefix(80)) takes too long" }
    }

    private let text: String
    private let expression: NSRegularExpression

    /// An expression for whole names; nil if it is none, or of a form that ICU has not.
    init?(whole text: String) { self.init("(?:", text, ")\\z") }

    /// For whole names or what follows one of their dots, as PEFT's `get_pattern_key` has it.
    init?(end text: String) { self.init("(.*\\.)?(", text, ")$") }

    /// For a module and all within it, as PEFT's `check_target_module_exists` has it for modules that
    /// are stored whole.
    init?(within text: String) { self.init("(?:(^|.*\\.)", text, "($|\\..*))") }

    /// For the list of layers that a module is in; it finds the number of the layer.
    init?(list text: String) { self.init("(?:(?:^|.*?\\.)", text, "\\.(?<idx>\\d+)\\.)") }

    private init?(_ prefix: String, _ text: String, _ suffix: String) {
        guard text.utf8.count <= Self.longest, let translated = PythonExpression.inICU(text),
            let expression = try? NSRegularExpression(pattern: "\\A\(prefix)\(translated)\(suffix)")
        else { return nil }
        self.text = text
        self.expression = expression
    }

    private static let longest = 4096

    /// Whether it fits a name.
    func matches(_ name: String) throws(Endless) -> Bool { try firstMatch(name) != nil }

    /// The number that an expression for a list of layers finds; nil if it finds none.
    func layer(of name: String) throws(Endless) -> Int? {
        guard let match = try firstMatch(name) else { return nil }
        return Range(match.range(withName: "idx"), in: name).flatMap { Int(name[$0]) }
    }

    private func firstMatch(_ name: String) throws(Endless) -> NSTextCheckingResult? {
        var (found, reports, isLost): (NSTextCheckingResult?, Int, Bool) = (nil, 0, false)
        expression.enumerateMatches(
            in: name, options: [.reportProgress, .reportCompletion],
            range: NSRange(location: 0, length: name.utf16.count)
        ) { result, flags, stop in
            found = found ?? result
            if flags.contains(.progress) { reports += 1 }
            if flags.contains(.internalError) || reports > Self.mostReports { isLost = true }
            if found != nil || isLost { stop.pointee = true }
        }
        if isLost { throw Endless(text: text) }
        return found
    }

    private static let mostReports = 10
}
