package import Settings

/// Why a study cannot be run.
package enum StudyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Neither a file nor the name of an embedded study.
    case notFound(name: String, available: [String])
    case unreadable(file: String, reason: String)
    /// Everything that is wrong with it, at once.
    case invalid([SettingsProblem])

    /// One line per problem.
    package var description: String {
        switch self {
        case .notFound(let name, let available):
            available.isEmpty
                ? "\(name): no such study; name a .yaml file"
                : "\(name): no such study; name a .yaml file or one of "
                    + available.joined(separator: ", ")
        case .unreadable(let file, let reason):
            "\(file): cannot be read: \(reason)"
        case .invalid(let problems):
            problems.map(\.description).joined(separator: "\n")
        }
    }
}

extension SettingsReport {
    /// - Throws: `StudyError.invalid` with the problems by line, those of options first.
    func check() throws {
        guard problems.isEmpty else { throw StudyError.invalid(problems.inOrder) }
    }
}
