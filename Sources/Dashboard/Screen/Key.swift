/// One thing the user did.
package enum Key: Sendable, Hashable {
    /// A printable character.
    case character(Unicode.Scalar)
    case enter, escape, tab, backTab, backspace, delete
    case up, down, left, right
    case shiftLeft, shiftRight
    case home, end, pageUp, pageDown
    case function(Int)
    /// A control combination, by its lowercase letter: `Ctrl-L` is `.control("l")`.
    case control(Unicode.Scalar)
}

/// What the screen can show; decided once at start by the terminal, changed by keys.
package struct ScreenCapabilities: Sendable, Equatable {
    /// The finest way to draw a line that the terminal and the user allow.
    package enum Glyphs: Sendable, CaseIterable { case braille, block, ascii }

    package var glyphs: Glyphs
    /// False under NO_COLOR or on a monochrome terminal.
    package var hasColor: Bool

    package init(glyphs: Glyphs, hasColor: Bool) {
        self.glyphs = glyphs
        self.hasColor = hasColor
    }
}
