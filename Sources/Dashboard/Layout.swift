/// Which pane goes where on a screen of a given size.
struct Layout: Equatable, Sendable {
    /// The regions of the charts; a title row is above its plot.
    struct Curves: Equatable, Sendable {
        var frame: Region?
        var learnTitle: Region?
        var learn: Region?
        var forgetTitle: Region?
        var forget: Region?
        var ruler: Region
    }

    /// What takes the main place.
    enum View: CaseIterable, Sendable { case curves, plane, table }

    /// How much fits.
    enum Tier: Sendable { case plain, single, stacked, split, wide }

    let tier: Tier
    var header: Region?
    var hints: Region?
    var status: Region?
    var curves: Curves?
    var plane: Region?
    var cursor: Region?
    var arms: Region?
    var cards: Region?
    var events: Region?
    var tasks: Region?
    var rates: Region?

    /// True if panes have boxes around them.
    var isFramed: Bool { tier == .split || tier == .wide }

    static func tier(rows: Int, columns: Int) -> Tier {
        if columns < 40 || rows < 10 { return .plain }
        if columns < 60 || rows < 16 { return .single }
        if columns < 110 || rows < 32 { return .stacked }
        return columns < 180 || rows < 48 ? .split : .wide
    }

    init(rows: Int, columns: Int, view: View, armCount: Int, showsForget: Bool) {
        tier = Self.tier(rows: rows, columns: columns)
        var rest = Region(row: 0, column: 0, rows: rows, columns: columns)
        if rows >= 3 {
            header = rest.takeTop(1)
            hints = rest.takeBottom(1)
        }
        switch tier {
        case .plain: status = rest
        case .single: layOutSingle(&rest, view, armCount: armCount, showsForget: showsForget)
        case .stacked: layOutStacked(&rest, view, armCount: armCount)
        case .split: layOutSplit(&rest, view, armCount: armCount)
        case .wide: layOutWide(&rest, view, armCount: armCount)
        }
    }

    private mutating func layOutSingle(
        _ rest: inout Region, _ view: View, armCount: Int, showsForget: Bool
    ) {
        arms = rest.takeBottom(min(max(1, armCount), max(1, rest.rows / 4)))
        guard view == .curves else { return place(view, in: rest) }
        let ruler = rest.takeBottom(1)
        let title = rest.takeTop(1)
        curves =
            showsForget
            ? Curves(forgetTitle: title, forget: rest, ruler: ruler)
            : Curves(learnTitle: title, learn: rest, ruler: ruler)
    }

    private mutating func layOutStacked(_ rest: inout Region, _ view: View, armCount: Int) {
        events = rest.takeBottom(rest.rows < 26 ? 1 : rest.rows / 7)
        arms = rest.takeBottom(1 + min(max(1, armCount), max(2, rest.rows / 5)))
        if view == .curves {
            curves = Self.stack(rest, frame: nil)
        } else {
            place(view, in: rest)
        }
    }

    private mutating func layOutSplit(_ rest: inout Region, _ view: View, armCount: Int) {
        events = rest.takeBottom(min(max(5, rest.rows / 7), 10))
        arms = rest.takeBottom(3 + min(max(1, armCount), max(3, rest.rows / 6)))
        guard view == .curves else { return place(view, in: rest) }
        var right = rest.takeRight(min(max(42, rest.columns * 3 / 8), 64))
        cursor = right.takeBottom(max(8, min(Self.cursorRows(armCount), right.rows / 2)))
        plane = right
        curves = Self.stack(rest.inset(), frame: rest)
    }

    private mutating func layOutWide(_ rest: inout Region, _ view: View, armCount: Int) {
        cards = rest.takeLeft(38)
        events = rest.takeBottom(min(max(8, rest.rows / 6), 14))
        guard view == .curves else { return place(view, in: rest) }
        var right = rest.takeRight(min(62, rest.columns * 2 / 5))
        if let events, let full = self.events {
            right.rows += events.rows
            self.events?.columns = full.columns - right.columns
        }
        rates = right.takeBottom(max(10, right.rows / 5))
        tasks = right.takeBottom(max(6, right.rows / 6))
        cursor = right.takeBottom(max(8, min(Self.cursorRows(armCount), right.rows / 2)))
        plane = right
        curves = Self.stack(rest.inset(), frame: rest)
    }

    private mutating func place(_ view: View, in region: Region) {
        if view == .plane { plane = region } else { cursor = region }
    }

    /// Rows of the cursor pane that show every arm twice, in both its tables.
    private static func cursorRows(_ armCount: Int) -> Int { 2 * armCount + 6 }

    /// Two charts above each other with one ruler; in a box the first title is the box's edge.
    private static func stack(_ region: Region, frame: Region?) -> Curves {
        var rest = region
        var curves = Curves(frame: frame, ruler: rest.takeBottom(2))
        curves.learnTitle = frame ?? rest.takeTop(1)
        let plots = rest.rows - 1
        curves.learn = rest.takeTop(plots - plots / 2)
        curves.forgetTitle = rest.takeTop(1)
        if let frame {
            curves.forgetTitle?.column = frame.column
            curves.forgetTitle?.columns = frame.columns
        }
        curves.forget = rest
        return curves
    }

    /// Columns of the charts' plots, for moving the cursor column by column.
    var plotColumns: Int {
        curves.map { LineChart.plotColumns(of: $0.ruler.columns) } ?? 80
    }
}
