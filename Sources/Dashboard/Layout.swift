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
    enum View: CaseIterable, Sendable { case curves, plane, table, verdict }

    /// How much fits.
    enum Tier: Sendable { case plain, single, stacked, split, wide }

    let tier: Tier
    var header: Region?
    var hints: Region?
    var status: Region?
    var curves: Curves?
    var plane: Region?
    var levels: Region?
    var verdict: Region?
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

    /// What, besides the size of the screen, decides where things go.
    struct Content: Equatable, Sendable {
        var view: View
        /// The lines that lists of arms have: the arms, and the trajectories of those that are open.
        var armCount: Int
        /// True if arms can be judged, so that there is a verdict to show.
        var hasVerdict = false
        /// True if the arms have the focus: their pane then takes what the charts can spare.
        var isArmsFocused = false
        /// True if something alarming has been told.
        var hasAlerts = false
        /// True if the forgetting chart is the one to show where only one fits.
        var showsForget: Bool
        var hasCursor: Bool
    }

    init(rows: Int, columns: Int, content: Content) {
        tier = Self.tier(rows: rows, columns: columns)
        var rest = Region(row: 0, column: 0, rows: rows, columns: columns)
        if rows >= 3 {
            header = rest.takeTop(1)
            hints = rest.takeBottom(1)
        }
        if content.view == .verdict, tier != .plain {
            verdict = rest
            return
        }
        switch tier {
        case .plain: status = rest
        case .single: layOutSingle(&rest, content)
        case .stacked: layOutStacked(&rest, content)
        case .split: layOutSplit(&rest, content)
        case .wide: layOutWide(&rest, content)
        }
    }

    private mutating func layOutSingle(_ rest: inout Region, _ content: Content) {
        arms = rest.takeBottom(min(max(1, content.armCount), max(1, rest.rows / 4)))
        guard content.view == .curves else { return place(content, in: rest) }
        let ruler = rest.takeBottom(1)
        let title = rest.takeTop(1)
        curves =
            content.showsForget
            ? Curves(forgetTitle: title, forget: rest, ruler: ruler)
            : Curves(learnTitle: title, learn: rest, ruler: ruler)
    }

    private mutating func layOutStacked(_ rest: inout Region, _ content: Content) {
        events = rest.takeBottom(rest.rows >= 26 ? rest.rows / 7 : content.hasAlerts ? 2 : 1)
        arms = rest.takeBottom(1 + Self.lines(of: content, in: rest.rows - 1, charts: 10))
        if content.view == .curves {
            curves = Self.stack(rest, frame: nil)
        } else {
            place(content, in: rest)
        }
    }

    private mutating func layOutSplit(_ rest: inout Region, _ content: Content) {
        events = rest.takeBottom(min(max(5, rest.rows / 7), 10))
        arms = rest.takeBottom(3 + Self.lines(of: content, in: rest.rows - 3, charts: 14))
        guard content.view == .curves else { return place(content, in: rest) }
        layOutRight(rest.takeRight(min(max(44, rest.columns * 3 / 8), 64)), content)
        curves = Self.stack(rest.inset(), frame: rest)
    }

    private mutating func layOutWide(_ rest: inout Region, _ content: Content) {
        var left = rest.takeLeft(38)
        cards = left.takeTop(Self.cardRows(of: content.armCount, in: left.rows))
        rates = left
        guard content.view == .curves else {
            events = rest.takeBottom(min(max(8, rest.rows / 6), 14))
            return place(content, in: rest)
        }
        layOutRight(rest.takeRight(min(62, rest.columns * 2 / 5)), content)
        events = rest.takeBottom(min(max(8, rest.rows / 6), 14))
        curves = Self.stack(rest.inset(), frame: rest)
    }

    /// The lines of the arms' table: a quarter of the room, half beside other tables, and with the
    /// focus all but the lines that the charts need.
    private static func lines(of content: Content, in rows: Int, charts: Int) -> Int {
        let share =
            content.isArmsFocused ? rows - charts : content.view == .table ? rows / 2 : rows / 4
        return min(max(1, content.armCount), max(4, share))
    }

    /// The rows of the cards with their frame: whole cards in three fifths of the column, else
    /// smaller ones above at least one small chart.
    private static func cardRows(of count: Int, in rows: Int) -> Int {
        let (share, most) = (rows * 3 / 5 - 2, rows - RatesPane.rows - 2)
        let whole = ArmCards.Size.all[0]
        let size = whole.rows(of: count) <= share ? whole : .fitting(count, in: most - 2)
        return min(max(1, size.rows(of: count)), most - 2) + 2
    }

    /// The plane above the verdict, if there can be one, and a table; the last is the cursor's while
    /// there is one.
    private mutating func layOutRight(_ region: Region, _ content: Content) {
        var rest = region
        let rows = min(content.armCount, max(2, rest.rows / 6, (rest.rows - 16) / 3))
        let lower = rest.takeBottom(rows + 4)
        (cursor, tasks) = content.hasCursor ? (lower, nil) : (nil, lower)
        if content.hasVerdict {
            verdict = rest.takeBottom(max(rows + 3, rest.rows * 2 / 5))
        }
        plane = rest
    }

    /// Gives the main place to the plane, or to the tables one under the other.
    private mutating func place(_ content: Content, in region: Region) {
        guard content.view == .table else {
            plane = region
            return
        }
        var rest = region
        let edges = isFramed ? 3 : 2
        let tables = 1 + (content.hasCursor ? 1 : 0) + (content.hasVerdict ? 1 : 0)
        let rows = min(max(1, content.armCount), max(1, (rest.rows - 1) / tables - edges))
        if content.hasCursor { cursor = rest.takeTop(rows + edges) }
        if content.hasVerdict { levels = rest.takeTop(rows + edges) }
        if rest.rows >= edges + 1 { tasks = rest.takeTop(rows + edges + 1) }
    }

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

    /// The panes that can have the focus, in the order in which it goes round; both charts where only
    /// one fits, for the focus decides which.
    var focusable: [Focus] {
        var ring: [Focus] = curves == nil ? [] : [.learn, .forget]
        if plane != nil { ring.append(.plane) }
        if verdict != nil { ring.append(.verdict) }
        if tasks != nil { ring.append(.tasks) }
        if arms != nil || cards != nil { ring.append(.arms) }
        if events != nil { ring.append(.events) }
        return ring
    }

    /// Columns of the charts' plots, for moving the cursor column by column.
    var plotColumns: Int {
        curves.map { LineChart.plotColumns(of: $0.ruler.columns) } ?? 80
    }
}

extension Layout {
    /// The regions of all panes; a pane's frame stands for what is in it.
    var panes: [Region] {
        let charts =
            curves.map { curves in
                curves.frame.map { [$0] }
                    ?? [
                        curves.learnTitle, curves.learn, curves.forgetTitle, curves.forget,
                        curves.ruler,
                    ].compactMap { $0 }
            } ?? []
        return charts
            + [
                header, hints, status, plane, levels, verdict, cursor, arms, cards, events, tasks,
                rates,
            ].compactMap { $0 }
    }
}
