/// What lies on top of the screen and takes the keys.
enum Overlay: Sendable, Equatable {
    case help(HelpOverlay)
    case info(ArmInfo)
    case quit(QuitDialog)
    case kill(KillDialog)
    case stop(StopDialog)
    case rate(LearningRatePrompt)
    case highRate(RateDialog)
    case filter(FilterPrompt)
    case budget(BudgetPrompt)

    var context: KeyContext {
        switch self {
        case .help: .help
        case .info: .info
        case .quit: .quitDialog
        case .kill: .killDialog
        case .stop: .stopDialog
        case .rate: .ratePrompt
        case .highRate: .rateDialog
        case .filter: .filterPrompt
        case .budget: .budgetPrompt
        }
    }

    /// True for what asks about the training, and so has no meaning once the run has ended.
    var isDialog: Bool {
        switch self {
        case .help, .info, .filter, .budget: false
        case .quit, .kill, .stop, .rate, .highRate: true
        }
    }

    /// Enters text where there is a field for it; returns false where there is none.
    mutating func enter(_ text: String) -> Bool {
        switch self {
        case .rate(var prompt):
            prompt.enter(text)
            self = .rate(prompt)
        case .filter(var prompt):
            prompt.enter(text)
            self = .filter(prompt)
        case .budget(var prompt):
            prompt.enter(text)
            self = .budget(prompt)
        default: return false
        }
        return true
    }

    func draw(in screen: Region, on grid: inout CellGrid, scene: Scene) {
        switch self {
        case .help(let help): help.draw(in: screen, on: &grid, scene: scene)
        case .info(let info): info.draw(in: screen, on: &grid, scene: scene)
        case .quit(let dialog):
            Self.box(dialog.lines(scene), title: "QUIT", in: screen, on: &grid, scene: scene)
        case .kill(let dialog):
            Self.box(dialog.lines(scene), title: "KILL", in: screen, on: &grid, scene: scene)
        case .stop(let dialog):
            Self.box(dialog.lines(scene), title: "STOP ARM", in: screen, on: &grid, scene: scene)
        case .rate(let prompt):
            Self.box(
                prompt.lines(scene), title: "LEARNING RATE", in: screen, on: &grid, scene: scene)
        case .highRate(let dialog):
            Self.box(dialog.lines, title: "LEARNING RATE", in: screen, on: &grid, scene: scene)
        case .budget(let prompt):
            Self.box(prompt.lines(scene), title: "BUDGET", in: screen, on: &grid, scene: scene)
        case .filter(let prompt):
            var rest = screen
            prompt.draw(in: rest.takeBottom(1), on: &grid, scene: scene)
        }
    }

    /// The answers that a dialog takes, a line each.
    static func answers(
        in context: KeyContext, where isOffered: (Action) -> Bool = { _ in true }
    ) -> [StyledText] {
        let bindings = KeyTable.bindings(in: context).filter {
            !$0.hint.isEmpty && isOffered($0.action)
        }
        return bindings.map { binding in
            var line = StyledText(
                DisplayText.padded(binding.keys.first?.label ?? "", width: 5),
                CellStyle(.accent, bold: true))
            line.append(binding.help)
            return line
        }
    }

    /// A box in the middle of the screen around a few lines; without room for a box only lines.
    static func box(
        _ lines: [StyledText], title: String, in screen: Region, on grid: inout CellGrid,
        scene: Scene
    ) {
        let width = max(title.count + 8, (lines.map(\.width).max() ?? 0) + 4)
        let isRoomy = screen.rows >= lines.count + 2 && screen.columns >= 24
        let place = screen.centred(
            rows: lines.count + (isRoomy ? 2 : 0), columns: isRoomy ? width : screen.columns)
        grid.clear(place)
        if isRoomy {
            let heading = StyledText(title, CellStyle(.accent, bold: true))
            grid.frame(place, title: heading, glyphs: scene.glyphs)
        }
        let area = isRoomy ? place.inset(rows: 1, columns: 2) : place
        for (index, line) in lines.prefix(area.rows).enumerated() {
            grid.write(line, row: area.row + index, column: area.column, limit: area.columns)
        }
    }
}
