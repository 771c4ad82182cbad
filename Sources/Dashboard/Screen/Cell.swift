/// A colour by role; the terminal maps it to what it can show.
package enum CellColor: Sendable, Equatable {
    /// The terminal's own foreground.
    case standard
    /// Less important: frames, guides, hints.
    case dim
    /// Colour number `n` of the arms' palette, which repeats after what the terminal has.
    case arm(Int)
    case good, warning, alert
    /// Titles, the selected row, keys in hints: by brightness, for the hues belong to the arms.
    case accent
}

/// How a cell is drawn.
package struct CellStyle: Sendable, Equatable {
    package var color: CellColor
    package var isBold: Bool
    package var isReversed: Bool
    /// Paler than the colour itself, where the terminal can.
    package var isFaint: Bool

    package init(
        _ color: CellColor = .standard, bold: Bool = false, reversed: Bool = false,
        faint: Bool = false
    ) {
        self.color = color
        isBold = bold
        isReversed = reversed
        isFaint = faint
    }

    package static let standard = CellStyle()
}

/// One character position on the screen.
package struct Cell: Sendable, Equatable {
    /// A printable scalar of width 1.
    package var scalar: Unicode.Scalar
    package var style: CellStyle

    package init(_ scalar: Unicode.Scalar, _ style: CellStyle = .standard) {
        self.scalar = scalar
        self.style = style
    }

    package static let blank = Cell(" ")
}
