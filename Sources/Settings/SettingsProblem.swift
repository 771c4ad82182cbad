/// Where something in a file of settings was written.
package enum SettingsOrigin: Sendable, Equatable {
    /// A line of the file, counted from 1.
    case line(Int)
    /// A command-line option, as the user gave it.
    case option(String)
}

/// One thing that is wrong with a file of settings.
package struct SettingsProblem: Sendable, Equatable, CustomStringConvertible {
    package var file: String
    package var origin: SettingsOrigin?
    /// The key it is about, `arms[1].rank`; empty for the file as a whole.
    package var path: String
    /// What is wrong, and what to do.
    package var text: String

    package init(file: String, origin: SettingsOrigin?, path: String, text: String) {
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
