/// The key table as text, one section a context.
struct HelpOverlay: Sendable, Equatable {
    static let rule = "lowercase keys change what you see, capitals touch training"

    private(set) var offset = 0

    mutating func handle(_ action: Action, page: Int) {
        switch action {
        case .up: offset -= 1
        case .down: offset += 1
        case .pageUp: offset -= max(1, page)
        case .pageDown: offset += max(1, page)
        case .top: offset = 0
        case .bottom: offset = Self.lines.count
        default: break
        }
        offset = min(max(0, offset), Self.lines.count - 1)
    }

    /// Every binding of every context; those of all contexts once.
    static var lines: [StyledText] {
        var lines = [StyledText(rule, CellStyle(.accent, bold: true))]
        var known: Set<Action> = []
        for context in KeyContext.allCases {
            lines += [StyledText(), StyledText(context.title, CellStyle(.standard, bold: true))]
            for binding in KeyTable.bindings(in: context) {
                let isCommon = [.interrupt, .suspend, .redraw].contains(binding.action)
                if isCommon, !known.insert(binding.action).inserted { continue }
                var line = StyledText(
                    DisplayText.padded(binding.label, width: 15), CellStyle(.accent))
                line.append(binding.help)
                lines.append(line)
            }
        }
        return lines
    }

    func draw(in screen: Region, on grid: inout CellGrid, scene: Scene) {
        let lines = Self.lines
        let height = min(screen.rows, lines.count + 2)
        let start = max(0, min(offset, lines.count - (height - 2)))
        let shown = Array(lines.dropFirst(start).prefix(max(1, height - 2)))
        let width = lines.map(\.width).max() ?? 0
        var padded = shown
        if let first = padded.first, first.width < width { padded[0].pad(to: width) }
        let title = start + shown.count < lines.count ? "HELP  (more below)" : "HELP"
        Overlay.box(padded, title: title, in: screen, on: &grid, scene: scene)
    }
}
