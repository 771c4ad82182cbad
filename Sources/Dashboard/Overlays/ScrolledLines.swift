/// Lines in a box that may be longer than the screen, and how far they are scrolled.
struct ScrolledLines: Sendable, Equatable {
    private(set) var offset = 0

    /// Scrolls within `count` lines, of which the screen shows `page`.
    mutating func handle(_ action: Action, count: Int, page: Int) {
        switch action {
        case .up: offset -= 1
        case .down: offset += 1
        case .pageUp: offset -= max(1, page)
        case .pageDown: offset += max(1, page)
        case .top: offset = 0
        case .bottom: offset = count
        default: break
        }
        offset = min(offset, count - max(1, page))
        offset = max(0, offset)
    }

    /// Draws what fits; the title tells what lies above and below.
    func draw(
        _ lines: [StyledText], title: String, in screen: Region, on grid: inout CellGrid,
        scene: Scene
    ) {
        let page = max(1, min(screen.rows, lines.count + 2) - 2)
        let start = max(0, min(offset, lines.count - page))
        var shown = Array(lines.dropFirst(start).prefix(page))
        let width = lines.map(\.width).max() ?? 0
        if !shown.isEmpty { shown[0].pad(to: width) }
        let above = start > 0 ? "\(start) above" : ""
        let below = lines.count - start - shown.count
        let more = [above, below > 0 ? "\(below) below" : ""].filter { !$0.isEmpty }
        let remark = more.isEmpty ? "" : "  (" + more.joined(separator: ", ") + ")"
        Overlay.box(shown, title: title + remark, in: screen, on: &grid, scene: scene)
    }
}
