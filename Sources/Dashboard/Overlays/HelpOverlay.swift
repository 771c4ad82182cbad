/// The key table as text, one section a context.
struct HelpOverlay: Sendable, Equatable {
    static let rule = "lowercase keys change what you see, capitals touch training"

    private var scroll = ScrolledLines()

    mutating func handle(_ action: Action, page: Int) {
        scroll.handle(action, count: Self.lines.count, page: page)
    }

    /// Every binding of every context, those of all contexts once; then what the lines of charts are.
    static var lines: [StyledText] {
        var lines = [StyledText(rule, CellStyle(.accent, bold: true))]
        for context in KeyContext.allCases {
            lines += [StyledText(), heading(context.title)]
            let bindings = KeyTable.own(context) + (context == .main ? KeyTable.everywhere : [])
            lines += bindings.map { line($0.label, $0.help) }
        }
        lines += [StyledText(), heading("Lines of an arm with several rates or seeds")]
        return lines + legend.map(line)
    }

    private static let legend = [
        ("thin", "its trajectories, in the arm's hue"),
        ("strong", "mean over seeds at its best rate; in the plane, its envelope"),
        ("shaded", SeedBand.rule),
        ("best rate", "the verdict's; without one, the longest with the lowest loss"),
        ("envelope", "what it forgot at each level at the best rate, by the verdict"),
    ]

    private static func heading(_ text: String) -> StyledText {
        StyledText(text, CellStyle(.standard, bold: true))
    }

    private static func line(_ label: String, _ help: String) -> StyledText {
        var line = StyledText(DisplayText.padded(label, width: 15), CellStyle(.accent))
        line.append(help)
        return line
    }

    func draw(in screen: Region, on grid: inout CellGrid, scene: Scene) {
        scroll.draw(Self.lines, title: "HELP", in: screen, on: &grid, scene: scene)
    }
}
