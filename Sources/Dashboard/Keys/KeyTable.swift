/// What a key can ask for.
enum Action: Hashable, Sendable {
    case help, quit, interrupt, suspend, redraw, close
    case focusNext, focusPrevious, up, down, pageUp, pageDown, top, bottom
    case toggleArm, open, pin, sort, filter
    case cursorLeft, cursorRight, cursorFarLeft, cursorFarRight, cursorHome, cursorEnd
    case view, metric, axis, logarithm, lessSmoothing, moreSmoothing
    case zoomIn, zoomOut, fit, follow, glyphs, info, log, export, budget
    case pauseOrResume, stopArm, checkpoint, evaluate, learningRate
    case stopRun, killRun, accept, erase

    /// True for what reaches the trainer; such keys are capitals and do nothing when read-only.
    var touchesTraining: Bool {
        switch self {
        case .pauseOrResume, .stopArm, .checkpoint, .evaluate, .learningRate: true
        default: false
        }
    }

    /// True for what is done only on a key that was meant: it reaches the trainer, leaves, or opens or
    /// answers what lies on top.
    ///
    /// The others change what is seen, and can be changed back.
    var needsIntent: Bool {
        switch self {
        case .quit, .suspend, .help, .info, .filter, .budget, .log, .export, .stopRun, .killRun,
            .accept:
            true
        default: touchesTraining
        }
    }
}

/// Where a key is pressed; what it does depends on what lies on top of the screen.
enum KeyContext: CaseIterable, Sendable {
    case main, verdict, log, help, info, quitDialog, killDialog, stopDialog, ratePrompt, rateDialog
    case filterPrompt, budgetPrompt

    /// The heading in the help.
    var title: String {
        switch self {
        case .main: "Main screen"
        case .verdict: "Verdict, while it has the focus"
        case .log: "Event log"
        case .help: "This help"
        case .info: "Arm info"
        case .quitDialog: "Quit dialog"
        case .killDialog: "Kill dialog"
        case .stopDialog: "Stop dialog"
        case .ratePrompt: "Learning-rate prompt"
        case .rateDialog: "Learning-rate dialog"
        case .filterPrompt: "Filter of the arms"
        case .budgetPrompt: "Budget prompt"
        }
    }
}

/// One row of the key table.
struct KeyBinding: Sendable {
    let action: Action
    let keys: [Key]
    /// The word in the bottom bar; empty keeps it out.
    let hint: String
    let help: String

    init(_ action: Action, _ keys: [Key], hint: String = "", _ help: String) {
        self.action = action
        self.keys = keys
        self.hint = hint
        self.help = help
    }

    /// The keys that the bottom bar names for it, together with those that undo it.
    var barLabel: String {
        switch action {
        case .cursorLeft: "Left Right"
        case .moreSmoothing: "{ }"
        case .zoomIn: "+ -"
        case .up where hint == "scroll": "Up Down"
        default: keys.first?.label ?? ""
        }
    }

    /// The keys as text: `? F1`.
    var label: String { keys.map(\.label).joined(separator: " ") }
}

/// The one table from which dispatch, the help and the bottom bar are made.
enum KeyTable {
    /// The bindings of a context, in the order in which help and bar show them.
    static func bindings(in context: KeyContext) -> [KeyBinding] {
        guard context == .verdict else { return own(context) + everywhere }
        let taken = Set(own(context).flatMap(\.keys))
        return own(context) + own(.main).filter { taken.isDisjoint(with: $0.keys) } + everywhere
    }

    static func action(for key: Key, in context: KeyContext) -> Action? {
        bindings(in: context).first { $0.keys.contains(key) }?.action
    }

    /// The bindings that work now, the most useful first, for a bar that may not hold them all.
    static func bar(
        in context: KeyContext, canTrain: Bool, hasGrid: Bool = false
    ) -> [KeyBinding] {
        let usable = bindings(in: context).filter {
            !$0.hint.isEmpty && (canTrain || !$0.action.touchesTraining)
                && (hasGrid || $0.action != .open)
        }
        guard context == .main || context == .verdict else { return usable }
        let main: [Action] = [
            .help, .quit, .view, .metric, .open, .pauseOrResume, .stopArm, .checkpoint, .evaluate,
            .learningRate, .cursorLeft, .axis, .toggleArm, .pin, .log,
        ]
        let order =
            context == .main ? main : [.help, .quit, .view, .cursorLeft, .fit] + main
        func rank(_ binding: KeyBinding) -> Int {
            order.firstIndex(of: binding.action) ?? order.count
        }
        return usable.enumerated().sorted {
            (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
        }.map(\.element)
    }

    static let everywhere: [KeyBinding] = [
        .init(
            .interrupt, [.control("c")],
            "quit dialog; again within 2 s stops after checkpoints, once more quits at once"),
        .init(.suspend, [.control("z")], "suspend the whole process, training too; fg resumes"),
        .init(.redraw, [.control("l")], "draw the screen afresh"),
    ]

    /// What a context binds by itself; the verdict also takes the keys of the main screen that it has no
    /// use of its own for.
    static func own(_ context: KeyContext) -> [KeyBinding] {
        switch context {
        case .main: program + arms + charts + training
        case .verdict: verdict
        case .log: scrolling + [.init(.close, [.escape, "o", "q"], hint: "close", "close the log")]
        case .help:
            scrolling + [.init(.close, [.escape, "?", "q"], hint: "close", "close the help")]
        case .info:
            scrolling
                + [.init(.close, [.escape, "i", "q"], hint: "close", "close the arm's details")]
        case .quitDialog: quitDialog
        case .killDialog: killDialog
        case .stopDialog: stopDialog
        case .ratePrompt: ratePrompt
        case .rateDialog: rateDialog
        case .filterPrompt: filterPrompt
        case .budgetPrompt: budgetPrompt
        }
    }

    private static let program: [KeyBinding] = [
        .init(.help, ["?", .function(1)], hint: "help", "this help"),
        .init(.quit, ["q"], hint: "quit", "leave: asks whether to stop or kill a live run"),
        .init(.close, [.escape], "close what is on top, else remove the cursor, else the filter"),
        .init(.view, ["v"], hint: "view", "next view: curves, plane, table, verdict"),
        .init(.focusNext, [.tab], hint: "focus", "focus the next pane"),
        .init(.focusPrevious, [.backTab], "focus the pane before"),
        .init(.log, ["o"], hint: "log", "event log on the full screen"),
        .init(.glyphs, ["a"], "characters: braille, blocks, ASCII"),
        .init(.export, ["e"], hint: "export", "write the recorded numbers to a file"),
    ]

    private static let arms: [KeyBinding] = [
        .init(.up, [.up, "k"], "select the line above (scroll, in the events)"),
        .init(.down, [.down, "j"], "select the line below (scroll, in the events)"),
        .init(.pageUp, [.pageUp], "a page up"),
        .init(.pageDown, [.pageDown], "a page down"),
        .init(.open, [.enter], hint: "open", "list the selected arm's trajectories, or no more"),
        .init(.toggleArm, [" "], hint: "show/hide", "show or hide the selected arm or trajectory"),
        .init(.pin, ["p"], hint: "pin", "compare all with the selected one; again ends it"),
        .init(
            .sort, ["s"], hint: "sort",
            "order: study, name, learn, forget, forget at equal learning, speed"),
        .init(
            .filter, ["/"], hint: "filter",
            "only what has a text in name or method, or as rate (1e-3) or seed (s1)"),
        .init(.info, ["i"], hint: "info", "details of the selected arm or trajectory"),
    ]

    private static let charts: [KeyBinding] = [
        .init(.metric, ["m"], hint: "metric", "next metric of the focused chart"),
        .init(.axis, ["x"], hint: "axis", "x axis: steps, tokens, seconds"),
        .init(
            .logarithm, ["y"], hint: "y axis",
            "y axis of the focused chart, axes of the plane: auto, linear, log"),
        .init(.budget, ["b"], hint: "budget", "budget of forgetting to show (asks)"),
        .init(.lessSmoothing, ["{"], "less smoothing of the focused chart"),
        .init(.moreSmoothing, ["}"], hint: "smooth", "more smoothing of the focused chart"),
        .init(
            .cursorLeft, [.left, "h"], hint: "cursor",
            "cursor to the evaluation before (scroll, in the tasks)"),
        .init(.cursorRight, [.right, "l"], "cursor to the next evaluation"),
        .init(.cursorFarLeft, [.shiftLeft], "cursor five evaluations back"),
        .init(.cursorFarRight, [.shiftRight], "cursor five evaluations on"),
        .init(.cursorHome, [.home], "cursor to the first evaluation"),
        .init(.cursorEnd, [.end], "cursor to the newest evaluation"),
        .init(
            .zoomIn, ["+"], hint: "zoom",
            "zoom in on cursor or newest point; in the plane, on the selected arm"),
        .init(.zoomOut, ["-"], "zoom out"),
        .init(.fit, ["="], "show all of the x axis, or of the plane"),
        .init(.follow, ["f"], hint: "freeze", "freeze the x axis, or follow the run again"),
    ]

    private static let verdict: [KeyBinding] = [
        .init(.cursorLeft, [.left, "h"], hint: "level", "read at a level nearer to the base"),
        .init(.cursorRight, [.right, "l"], "read at a level where more was learned"),
        .init(.cursorFarLeft, [.shiftLeft], "far towards the base"),
        .init(.cursorFarRight, [.shiftRight], "far away from the base"),
        .init(.cursorHome, [.home], "read at the first level"),
        .init(.cursorEnd, [.end], "read at the last level"),
        .init(.fit, ["="], hint: "all levels", "read over all levels that arms have in common"),
        .init(.close, [.escape], "the same; there already, as on the main screen"),
        .init(.metric, ["m"], hint: "learned", "next number that is learned"),
        .init(.logarithm, ["y"], hint: "forgotten", "next number that is forgotten"),
    ]

    private static let training: [KeyBinding] = [
        .init(
            .pauseOrResume, ["P"], hint: "pause",
            "pause or resume the selected arm (all trajectories) or trajectory"),
        .init(
            .stopArm, ["S"], hint: "stop arm", "end the selected arm or trajectory for good (asks)"),
        .init(.checkpoint, ["C"], hint: "checkpoint", "write a checkpoint of it"),
        .init(.evaluate, ["E"], hint: "evaluate", "evaluate it now"),
        .init(.learningRate, ["L"], hint: "lr", "set its learning rate (asks)"),
    ]

    private static let scrolling: [KeyBinding] = [
        .init(.up, [.up, "k"], hint: "scroll", "a line up"),
        .init(.down, [.down, "j"], "a line down"),
        .init(.pageUp, [.pageUp], "a page up"),
        .init(.pageDown, [.pageDown, " "], hint: "page", "a page down"),
        .init(.top, [.home], "to the beginning"),
        .init(.bottom, [.end], "to the end"),
    ]

    private static let quitDialog: [KeyBinding] = [
        .init(.stopRun, ["s"], hint: "stop", "stop after writing checkpoints"),
        .init(.killRun, ["k"], hint: "kill", "kill: end at once, save nothing"),
        .init(.close, [.escape, "n"], hint: "cancel", "go on"),
    ]

    private static let killDialog: [KeyBinding] = [
        .init(.accept, ["y"], hint: "kill", "kill the run and lose these steps"),
        .init(.close, [.escape, "n"], hint: "cancel", "back to the quit dialog"),
    ]

    private static let stopDialog: [KeyBinding] = [
        .init(.pauseOrResume, ["P"], hint: "pause instead", "pause it instead; P resumes it"),
        .init(.accept, ["y"], hint: "stop the arm", "stop it for good"),
        .init(.close, [.escape, "n"], hint: "cancel", "let it go on"),
    ]

    private static let filterPrompt: [KeyBinding] = [
        .init(.accept, [.enter], hint: "keep", "keep the filter"),
        .init(.erase, [.backspace, .delete], hint: "erase", "erase the last character"),
        .init(.close, [.escape], hint: "show all", "show all arms"),
    ]

    private static let budgetPrompt: [KeyBinding] = [
        .init(.accept, [.enter], hint: "set", "set the budget that is shown; empty removes it"),
        .init(.erase, [.backspace, .delete], hint: "erase", "erase the last character"),
        .init(.close, [.escape], hint: "cancel", "leave it as it is"),
    ]

    private static let ratePrompt: [KeyBinding] = [
        .init(.accept, [.enter], hint: "set", "set the learning rate"),
        .init(.erase, [.backspace, .delete], hint: "erase", "erase the last character"),
        .init(.close, [.escape], hint: "cancel", "leave it as it is"),
    ]

    private static let rateDialog: [KeyBinding] = [
        .init(.accept, ["y"], hint: "set", "set it all the same"),
        .init(.close, [.escape, "n"], hint: "change", "back to the prompt"),
    ]
}
