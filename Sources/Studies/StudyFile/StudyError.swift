/// Where something in a study was written.
package enum StudyOrigin: Sendable, Equatable {
    /// A line of the file, counted from 1.
    case line(Int)
    /// A command-line option, as the user gave it.
    case option(String)
}

/// One thing that is wrong with a study.
package struct StudyProblem: Sendable, Equatable, CustomStringConvertible {
    package var file: String
    package var origin: StudyOrigin?
    /// The key it is about, `arms[1].rank`; empty for the file as a whole.
    package var path: String
    /// What is wrong, and what to do.
    package var text: String

    package init(file: String, origin: StudyOrigin?, path: String, text: String) {
        self.file = file
        self.origin = origin
        self.path = path
        self.text = text
    }

    /// `code.yaml:12: arms[1].rank: what is wrong`.
    package var description: String {
        let place =
            switch origin {
            case .line(let line): "\(file):\(line)"
            case .option(let option): option
            case nil: file
            }
        return path.isEmpty ? "\(place): \(text)" : "\(place): \(path): \(text)"
    }
}

/// Why a study cannot be run.
package enum StudyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Neither a file nor the name of an embedded study.
    case notFound(name: String, available: [String])
    case unreadable(file: String, reason: String)
    /// Everything that is wrong with it, at once.
    case invalid([StudyProblem])

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
