import Platform

/// Asks a program on the path what it is.
enum ProgramProbe {
    /// The first line of what a program writes, or nil if it is missing, fails or says nothing.
    static func firstLine(_ command: String...) -> String? {
        guard let outcome = try? ChildProgram(command).run(), outcome.status == 0 else {
            return nil
        }
        return String(decoding: outcome.output, as: UTF8.self).split(whereSeparator: \.isNewline)
            .first.map(String.init)
    }
}
