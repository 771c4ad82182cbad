/// The key table as text, one section a context.
struct HelpOverlay: Sendable, Equatable {
    static let rule = "lowercase keys change what you see, capitals touch training"

    private var scroll = ScrolledLines()

    mutating func handle(_ action: Action, page: Int) {
        scroll.handle(action, count: Self.lines.count, page: page)
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
        scroll.draw(Self.lines, title: "HELP", in: screen, on: &grid, scene: scene)
    }
}
