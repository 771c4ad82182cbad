import RunEvents

/// The event log, newest first: a few lines at the bottom, or the whole screen.
struct EventsPane: Sendable, Equatable {
    private(set) var offset = 0
    private(set) var isFullScreen = false

    mutating func toggleFullScreen() {
        isFullScreen.toggle()
        offset = 0
    }

    mutating func handle(_ action: Action, history: RunHistory, page: Int) {
        let last = max(0, history.log.count - 1)
        switch action {
        case .up: offset -= 1
        case .down: offset += 1
        case .pageUp: offset -= max(1, page)
        case .pageDown: offset += max(1, page)
        case .top: offset = 0
        case .bottom: offset = last
        case .close, .log: toggleFullScreen()
        default: break
        }
        offset = min(max(0, offset), last)
    }

    /// Draws in a box with a title, or bare.
    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        var area = region
        if isFramed {
            let alerts = Self.count(of: scene.history.alerts)
            let remark = "\(scene.history.log.count)" + (alerts.isEmpty ? "" : ", " + alerts)
            grid.frame(
                region, title: scene.title("EVENTS", focus: .events, parts: [remark]),
                glyphs: scene.glyphs)
            area = region.inset(rows: 1, columns: 2)
        }
        if scene.history.log.isEmpty {
            grid.write(
                "no events yet", row: area.row, column: area.column,
                limit: area.rows > 0 ? area.columns : 0, style: CellStyle(.dim))
        }
        for (index, line) in lines(count: area.rows, scene).enumerated() {
            grid.write(line, row: area.row + index, column: area.column, limit: area.columns)
        }
    }

    private static func count(of alerts: [Int]) -> String {
        alerts.isEmpty ? "" : alerts.count == 1 ? "1 alert" : "\(alerts.count) alerts"
    }

    private func lines(count: Int, _ scene: Scene) -> [StyledText] {
        let names = scene.history.arms.map { DisplayText.width($0.name) }.max() ?? 0
        let width = min(names, 16)
        let entries = entries(of: scene.history, count: count)
        guard count == 1, let entry = entries.first, !scene.history.alerts.isEmpty else {
            return entries.map { line($0, nameWidth: width, scene) }
        }
        var text = StyledText(
            " ! " + Self.count(of: scene.history.alerts), CellStyle(.alert, bold: true))
        text.append(line(entry, nameWidth: width, scene))
        return [text]
    }

    /// What is told in `count` lines: the newest first, but before them as many alerts as fit half of
    /// the lines, so that nothing harmless pushes them out.
    ///
    /// The whole log, and a log that was scrolled, is told as it came.
    private func entries(of history: RunHistory, count: Int) -> [LogEntry] {
        let log = history.log
        guard !isFullScreen, offset == 0, count > 1, log.count > count else {
            return Array(log.reversed().dropFirst(offset).prefix(count))
        }
        let pinned = history.alerts.suffix(count / 2)
        let others = log.indices.reversed().lazy.filter { !pinned.contains($0) }
        return (pinned.reversed() + others.prefix(count - pinned.count)).map { log[$0] }
    }

    private func line(_ entry: LogEntry, nameWidth: Int, _ scene: Scene) -> StyledText {
        let time = DisplayText.rightAligned(NumberText.duration(entry.seconds), width: 7)
        var line = StyledText(time + "  ", CellStyle(.dim))
        let run = scene.history.runs.count > 1 ? "\(entry.run + 1)/" : ""
        if nameWidth > 0 {
            let name = DisplayText.fittedName(
                entry.arm ?? run, width: nameWidth, ellipsis: scene.glyphs.ellipsis)
            line.append(name)
            line.pad(to: 9 + nameWidth)
            line.append("  ")
        }
        switch entry.level {
        case .info: line.append(entry.text)
        case .warning: line.append(entry.text, CellStyle(.warning))
        case .alert: line.append("! " + entry.text, CellStyle(.alert, bold: true))
        }
        return line
    }
}
