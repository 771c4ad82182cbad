package import Dashboard
import Foundation

/// What the environment says about the terminal.
package struct TerminalEnvironment: Equatable {
    /// `TERM`, or nil where it is not set or empty.
    package let type: String?
    /// Whether `NO_COLOR` is set and not empty (no-color.org).
    package let refusesColor: Bool

    package init(_ variables: [String: String]) {
        type = variables["TERM"].flatMap { $0.isEmpty ? nil : $0 }
        refusesColor = !(variables["NO_COLOR"] ?? "").isEmpty
    }

    /// The environment of this process.
    static var current: TerminalEnvironment {
        TerminalEnvironment(ProcessInfo.processInfo.environment)
    }

    /// What can be shown: the console of Linux has no Braille in its fonts.
    package func capabilities(isUTF8: Bool, colorCount: Int) -> ScreenCapabilities {
        let glyphs: ScreenCapabilities.Glyphs =
            !isUTF8 ? .ascii : type?.hasPrefix("linux") == true ? .block : .braille
        return ScreenCapabilities(glyphs: glyphs, hasColor: colorCount >= 8 && !refusesColor)
    }
}
