/// Why a template cannot be read or rendered.
struct JinjaError: Error, Equatable, CustomStringConvertible {
    /// The line of the template, from 1; nil until it is known.
    private(set) var line: Int?
    let reason: String

    /// The longest reason that is kept; what a template says itself may be of any length.
    private static let limit = 300

    init(_ reason: String, line: Int? = nil) {
        self.line = line
        self.reason = String(reason.prefix(Self.limit))
    }

    /// The same error with its line, unless it has one.
    func located(at line: Int) -> JinjaError { JinjaError(reason, line: self.line ?? line) }

    var description: String { line.map { "line \($0): \(reason)" } ?? reason }
}
