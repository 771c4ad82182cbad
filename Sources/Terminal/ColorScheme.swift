import CNcurses
package import Dashboard

/// The colours and attributes that stand for a cell's style.
///
/// Only foregrounds are chosen; the background stays the terminal's own. So each colour must be
/// readable on black and on white: with 256 colours all are of middle brightness, with 8 neither
/// yellow nor white is used and blue only bold.
package struct ColorScheme: Equatable {
    /// What curses is told about a cell.
    package struct Appearance: Equatable {
        /// `SCREEN_BOLD`, `SCREEN_DIM`, `SCREEN_REVERSED`.
        package var attributes: Int32 = 0
        /// 0 is the terminal's own foreground; `n` is `foregrounds[n - 1]`.
        package var pair: Int32 = 0

        static let bold = Int32(SCREEN_BOLD)
        static let dim = Int32(SCREEN_DIM)
        static let reversed = Int32(SCREEN_REVERSED)
    }

    /// The colour numbers in use, one a pair, from pair 1 on.
    package let foregrounds: [Int32]
    private let arms: [Appearance]
    private let dim, good, warning, alert, accent: Appearance

    /// - Parameter colorCount: what the terminal can show; under 8 means none.
    package init(colorCount: Int) {
        self =
            switch colorCount {
            case 256...: .middleBrightness
            case 8...: .eightColors
            default: .monochrome
            }
    }

    private init(
        foregrounds: [Int32], arms: [Appearance], dim: Appearance, status: [Appearance],
        accent: Appearance
    ) {
        self.foregrounds = foregrounds
        self.arms = arms
        self.dim = dim
        (good, warning, alert) = (status[0], status[1], status[2])
        self.accent = accent
    }

    /// Looks up a style.
    package func appearance(of style: CellStyle) -> Appearance {
        var appearance =
            switch style.color {
            case .standard: Appearance()
            case .dim: dim
            case .good: good
            case .warning: warning
            case .alert: alert
            case .accent: accent
            case .arm(let number): arms[((number % arms.count) + arms.count) % arms.count]
            }
        if style.isBold { appearance.attributes |= Appearance.bold }
        if style.isFaint { appearance.attributes |= Appearance.dim }
        if style.isReversed { appearance.attributes |= Appearance.reversed }
        return appearance
    }
}

extension ColorScheme {
    /// Blue, orange, green, magenta, teal, violet, rose, olive, purple, tan, mauve, steel; grey;
    /// ochre, red.
    ///
    /// The hues of arms stand for arms alone: what is good, and what has the focus, is bold.
    private static let middleBrightness = ColorScheme(
        foregrounds: [33, 166, 28, 163, 30, 99, 132, 58, 165, 137, 97, 67, 244, 136, 160],
        arms: (1...12).map { Appearance(pair: $0) },
        dim: Appearance(pair: 13),
        status: [
            Appearance(attributes: Appearance.bold), Appearance(pair: 14),
            Appearance(attributes: Appearance.bold, pair: 15),
        ],
        accent: Appearance(attributes: Appearance.bold))

    /// Cyan, magenta, green, red, bold blue, the terminal's own foreground; all are taken by arms, so
    /// that a warning is shown reversed.
    private static let eightColors = ColorScheme(
        foregrounds: [6, 5, 2, 1, 4],
        arms: (1...4).map { Appearance(pair: $0) }
            + [Appearance(attributes: Appearance.bold, pair: 5), Appearance()],
        dim: Appearance(attributes: Appearance.dim),
        status: reversedStatus, accent: Appearance(attributes: Appearance.bold))

    private static let monochrome = ColorScheme(
        foregrounds: [], arms: [Appearance()],
        dim: Appearance(attributes: Appearance.dim),
        status: reversedStatus, accent: Appearance(attributes: Appearance.bold))

    /// What is good, a warning and an alert, without colours.
    private static let reversedStatus = [
        Appearance(attributes: Appearance.bold), Appearance(attributes: Appearance.reversed),
        Appearance(attributes: Appearance.bold | Appearance.reversed),
    ]
}
