/// The characters for frames, marks and bars that go with a way of drawing lines.
struct GlyphSet: Equatable, Sendable {
    let kind: ScreenCapabilities.Glyphs

    init(_ kind: ScreenCapabilities.Glyphs) { self.kind = kind }

    private var isASCII: Bool { kind == .ascii }
    private func pick(_ fine: Unicode.Scalar, _ plain: Unicode.Scalar) -> Unicode.Scalar {
        isASCII ? plain : fine
    }

    var horizontal: Unicode.Scalar { pick("\u{2500}", "-") }
    var vertical: Unicode.Scalar { pick("\u{2502}", "|") }
    var topLeft: Unicode.Scalar { pick("\u{256D}", "+") }
    var topRight: Unicode.Scalar { pick("\u{256E}", "+") }
    var bottomLeft: Unicode.Scalar { pick("\u{2570}", "+") }
    var bottomRight: Unicode.Scalar { pick("\u{256F}", "+") }
    var leftJunction: Unicode.Scalar { pick("\u{251C}", "+") }
    var rightJunction: Unicode.Scalar { pick("\u{2524}", "+") }
    /// The corner where the y axis meets the x axis.
    var origin: Unicode.Scalar { pick("\u{2514}", "+") }
    /// Ticks on the y and x axis.
    var yTick: Unicode.Scalar { pick("\u{2524}", "+") }
    var xTick: Unicode.Scalar { pick("\u{252C}", "+") }
    /// The cursor through the charts, and reference lines.
    var hairline: Unicode.Scalar { pick("\u{250A}", ":") }
    var reference: Unicode.Scalar { pick("\u{2508}", "-") }
    /// A value below the foot of an axis.
    var below: Unicode.Scalar { pick("\u{25BE}", "v") }
    var selected: Unicode.Scalar { pick("\u{25B8}", ">") }
    var shown: Unicode.Scalar { pick("\u{25A0}", "x") }
    var hidden: Unicode.Scalar { pick("\u{25A1}", ".") }
    var pinned: Unicode.Scalar { pick("\u{2020}", "^") }
    /// Stands after the heading of the column that decides the order.
    var sorted: Unicode.Scalar { pick("\u{2193}", "v") }
    var barFull: Unicode.Scalar { pick("\u{2588}", "#") }
    var barEmpty: Unicode.Scalar { pick("\u{2591}", "-") }
    var ellipsis: Unicode.Scalar { pick("\u{2026}", "~") }
    var separator: Unicode.Scalar { pick("\u{00B7}", "-") }
    /// The interval of an estimate, its mean, and one of those that the mean is of.
    var interval: Unicode.Scalar { pick("\u{2501}", "=") }
    var mean: Unicode.Scalar { pick("\u{25CF}", "O") }
    var seedTick: Unicode.Scalar { pick("\u{2575}", "'") }
    /// Stands before a difference.
    var delta: Unicode.Scalar { pick("\u{0394}", "d") }

    /// A bar of `width` cells, filled up to `share`.
    func bar(_ share: Double, width: Int) -> (full: String, empty: String) {
        let filled = Int((min(max(share.isFinite ? share : 0, 0), 1) * Double(width)).rounded())
        return (
            String(repeating: Character(barFull), count: max(0, filled)),
            String(repeating: Character(barEmpty), count: max(0, width - filled))
        )
    }
}
