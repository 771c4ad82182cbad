import RunEvents

/// The live screen as a value: events and keys in, effects and a grid of cells out.
///
/// Draw when `isDirty`, then call `markDrawn()`.
package struct DashboardModel: Sendable {
    private(set) var rows: Int
    private(set) var columns: Int
    private(set) var glyphs: GlyphSet
    let hasColor: Bool
    let isReadOnly: Bool
    var history = RunHistory()
    private(set) var header = HeaderPane()
    private(set) var curves = CurvesPane()
    private(set) var plane = PlanePane()
    private(set) var levels = LevelsPane()
    private(set) var verdict = VerdictPane()
    private(set) var verdictView = VerdictView()
    private(set) var verdicts = VerdictRequests()
    var choices = VerdictChoices()
    private(set) var cursor = CursorPane()
    private(set) var tasks = TasksPane()
    private(set) var rates = RatesPane()
    var arms = ArmsPane()
    private(set) var events = EventsPane()
    private(set) var status = StatusPane()
    private(set) var hints = HintBar()
    var overlay: Overlay? {
        didSet { if let overlay, overlay.context != oldValue?.context { answers.open(now: now) } }
    }
    /// The pane that the user went to; another has the focus while that one is not on the screen.
    private(set) var chosenFocus = Focus.learn
    private(set) var mainView = Layout.View.curves
    var controls = TrainingControls()
    var interrupts = InterruptLadder()
    private var pastes = PasteWatch()
    private var held = HeldKey()
    private(set) var answers = AnswerGuard()
    /// Names of keys of the present read that were not obeyed.
    private var unheeded: [String] = []
    private(set) var now = 0.0
    /// The caller's clock when the newest event arrived.
    private var eventTime = 0.0
    /// True if the screen has changed since `markDrawn()`.
    package private(set) var isDirty = true

    /// A screen without a run; with `isReadOnly`, because another process owns the run, capital
    /// keys do nothing.
    package init(
        rows: Int, columns: Int, capabilities: ScreenCapabilities, isReadOnly: Bool = false
    ) {
        self.rows = max(0, rows)
        self.columns = max(0, columns)
        self.isReadOnly = isReadOnly
        glyphs = GlyphSet(capabilities.glyphs)
        hasColor = capabilities.hasColor
    }

    package mutating func markDrawn() { isDirty = false }

    /// Takes in what happened and returns what the caller has to do about it.
    package mutating func update(_ input: DashboardInput) -> [DashboardEffect] {
        switch input {
        case .state(let state, let run): take(state, run: run)
        case .event(let stamped, let run): apply(stamped, run: run)
        case .written(let isWritten, let run):
            history.note(isWritten: isWritten, run: run)
            isDirty = true
        case .restart: forget()
        case .keys(let keys):
            isDirty = true
            hints.clear()
            return take(KeyBurst(keys))
        case .paste(let text): paste(text, length: text.unicodeScalars.count)
        case .resize(let rows, let columns):
            (self.rows, self.columns) = (max(0, rows), max(0, columns))
            isDirty = true
        case .tick(let seconds):
            tick(seconds)
            return verdicts.due(history, question)
                ? [.judge(history.runs.map(\.state), question)] : []
        case .verdict(let reading):
            verdicts.take(reading)
            isDirty = true
        case .message(let text): show(text)
        }
        return []
    }

    private mutating func take(_ state: RunState, run: Int) {
        history.take(state, run: run)
        verdicts.hear(state)
        adopt(isStart: state.identity != nil)
    }

    private mutating func apply(_ stamped: StampedEvent, run: Int) {
        history.apply(stamped, run: run)
        verdicts.hear(stamped.event)
        // What single items added is seen in verdicts alone, and comes in thousands.
        if case .scored = stamped.event { return }
        if controls.hear(stamped.event) { tellRefusal(stamped.event) }
        if case .started = stamped.event { adopt(isStart: true) } else { adopt(isStart: false) }
    }

    private mutating func adopt(isStart: Bool) {
        arms.adopt(history)
        if isStart { curves.adopt(history) }
        if history.hasEnded, overlay?.isDialog == true { overlay = nil }
        eventTime = now
        isDirty = true
    }

    /// Forgets the run; what the user has chosen stays.
    private mutating func forget() {
        history = RunHistory()
        controls = TrainingControls()
        verdicts = VerdictRequests()
        isDirty = true
    }

    private mutating func tick(_ seconds: Double) {
        let before = elapsed
        now = max(now, seconds)
        if hints.expire(now: now) || before.rounded(.down) != elapsed.rounded(.down) {
            isDirty = true
        }
    }

    /// What is asked of the verdict now.
    var question: VerdictQuestion { choices.question(history) }

    /// The run that the selected arm belongs to.
    var selectedRun: Int {
        arms.selection.selected.flatMap { history.arms(of: $0).first }?.run ?? 0
    }

    /// Seconds of the selected run by now; stands still while the run's own clock does, and for
    /// those who only look on between two events.
    var elapsed: Double {
        let isLive = !isReadOnly && history.condition(of: selectedRun) == .running
        return history.runs[selectedRun].seconds + (isLive ? now - eventTime : 0)
    }

    /// Tells where the user looks that a command was refused.
    private mutating func tellRefusal(_ event: RunEvent) {
        guard case .command(let request, .refused(let why), _) = event else { return }
        let whose = request.arm.map { " of \($0)" } ?? ""
        show("\(request.command.phrase)\(whose) refused: \(why)", color: .warning)
    }

    mutating func show(_ text: String, color: CellColor = .accent) {
        hints.show(text, color: color, now: now)
        isDirty = true
    }
}

// MARK: - Keys

extension DashboardModel {
    var context: KeyContext {
        overlay?.context ?? (events.isFullScreen ? .log : focus == .verdict ? .verdict : .main)
    }

    /// What was not typed key by key looks around at most; see `KeyBurst`.
    private mutating func take(_ burst: KeyBurst) -> [DashboardEffect] {
        if pastes.claims(burst, now: now) {
            paste(burst.text, length: pastes.length)
            return []
        }
        answers.beginRead()
        unheeded = []
        let effects = burst.keys.flatMap { press($0, isHasty: burst.isHasty) }
        tellUnheeded(isHasty: burst.isHasty)
        return effects
    }

    /// Offers pasted text to what is on top; `length` counts the whole paste by now.
    private mutating func paste(_ text: String, length: Int) {
        if !write(text) {
            let count = length == 1 ? "1 character" : "\(length) characters"
            show("pasted text does nothing here: \(count)", color: .warning)
        }
    }

    private mutating func press(_ key: Key, isHasty: Bool) -> [DashboardEffect] {
        let isHeld = held.repeats(key, now: now)
        guard let action = KeyTable.action(for: key, in: context) else {
            enter(key)
            return []
        }
        if isHeld && (action.touchesTraining || action == .interrupt) { return [] }
        if action == .interrupt { return interrupt() }
        let isField = context == .ratePrompt || context == .budgetPrompt
        if isHasty && action.needsIntent && !(action == .accept && isField) {
            unheeded.append(key.label)
            return []
        }
        if action == .suspend { return [.suspend] }
        if action == .redraw { return [.redraw] }
        if let overlay { return press(key, for: action, on: overlay) }
        if events.isFullScreen {
            events.handle(action, history: history, page: rows - 4)
            return []
        }
        return action.touchesTraining ? train(action) : handleMain(action)
    }

    /// A key that is bound to something on top of the screen, which may not have been read yet.
    private mutating func press(
        _ key: Key, for action: Action, on overlay: Overlay
    ) -> [DashboardEffect] {
        let isTooEarly = action.needsIntent && !answers.takesAnswer(now: now)
        guard overlay.isDialog, answers.isOpening || isTooEarly else {
            return handleOverlay(action)
        }
        unheeded.append(key.label)
        return []
    }

    /// A key that is bound to nothing: text where there is a field for it.
    private mutating func enter(_ key: Key) {
        guard case .character(let scalar) = key else { return }
        if overlay != nil {
            if !answers.isOpening { write(String(Character(scalar))) }
        } else if ("A"..."Z").contains(scalar) {
            show(
                "\(key.label) is no command; capitals touch training: is Caps Lock on?",
                color: .warning)
        }
    }

    /// Writes into the field on top, of which the panes follow the filter; false if there is none.
    @discardableResult
    private mutating func write(_ text: String) -> Bool {
        guard overlay?.enter(text) == true else { return false }
        if case .filter(let prompt)? = overlay { arms.filter(by: prompt.text, history) }
        isDirty = true
        return true
    }

    private mutating func tellUnheeded(isHasty: Bool) {
        guard !unheeded.isEmpty else { return }
        var seen: Set<String> = []
        let names = unheeded.filter { seen.insert($0).inserted }.joined(separator: " ")
        let reason =
            isHasty
            ? "too many keys at once, as pasted text: not obeyed"
            : "the dialog has only just opened: not heard"
        show("\(reason): \(names)", color: .warning)
    }

    private mutating func interrupt() -> [DashboardEffect] {
        guard !isReadOnly, !history.hasEnded else { return [.quit(.leave)] }
        switch interrupts.press(now: now) {
        case .ask: overlay = .quit(QuitDialog())
        case .stop: return stopRun()
        case .abort: return [.quit(.kill)]
        }
        return []
    }

    private mutating func handleMain(_ action: Action) -> [DashboardEffect] {
        switch action {
        case .quit:
            if isReadOnly || history.hasEnded { return [.quit(.leave)] }
            overlay = .quit(QuitDialog())
        case .help: overlay = .help(HelpOverlay())
        case .info: overlay = arms.selection.selected.map { .info(ArmInfo(arm: $0)) }
        case .filter: overlay = .filter(FilterPrompt(text: arms.selection.filter.text))
        case .budget: overlay = .budget(choices.prompt)
        case .export: return [.export]
        case .log: events.toggleFullScreen()
        case .glyphs: glyphs = GlyphSet(Self.next(glyphs.kind))
        case .view: mainView = Self.next(mainView)
        case .focusNext: moveFocus(by: 1)
        case .focusPrevious: moveFocus(by: -1)
        default: handleInPanes(action)
        }
        return []
    }

    private mutating func handleInPanes(_ action: Action) {
        let page = layout.arms?.rows ?? 5
        let scrolls: Set<Action> = [.up, .down, .pageUp, .pageDown]
        if mainView == .verdict, scrolls.contains(action), let region = layout.verdict {
            return verdictView.handle(
                action, in: region, isFramed: layout.isFramed, scene: scene)
        }
        if focus == .events, scrolls.contains(action) {
            return events.handle(action, history: history, page: layout.events?.rows ?? 5)
        }
        if scrolls.union([.open, .toggleArm, .pin]).contains(action) {
            if let text = arms.handle(action, rows: scene.rows, page: page) { show(text) }
            return
        }
        if action == .sort {
            _ = arms.handle(action, rows: scene.rows, page: page)
            return show(scene.orderText)
        }
        if focus == .tasks, let region = layout.tasks,
            tasks.handle(action, in: region, isFramed: layout.isFramed, scene: scene)
        {
            return
        }
        if focus == .plane, plane.handle(action) { return }
        if focus == .verdict,
            let text = choices.handle(action, reading: verdicts.reading, history: history)
        {
            return text.isEmpty ? () : show(text, color: .warning)
        }
        if action == .close, curves.viewport.cursor == nil { return arms.filter(by: "", history) }
        let text = curves.handle(
            action, history: history, arms: scene.shownArms, plotColumns: layout.plotColumns)
        if let text { show(text, color: .warning) }
    }

    /// The pane with the focus: the one that the user went to, else the chart that had it last, else
    /// the first on the screen.
    var focus: Focus {
        let ring = layout.focusable
        let wished = [chosenFocus, curves.activeFocus].first(where: ring.contains)
        return wished ?? ring.first ?? chosenFocus
    }

    /// Goes round the panes that are on the screen.
    private mutating func moveFocus(by change: Int) {
        let ring = layout.focusable
        guard let place = ring.firstIndex(of: focus) else { return }
        chosenFocus = ring[(place + change + ring.count) % ring.count]
        curves.focus(chosenFocus)
    }

    private static func next<Value: CaseIterable & Equatable>(_ value: Value) -> Value {
        let all = Array(Value.allCases)
        let index = all.firstIndex(of: value) ?? 0
        return all[(index + 1) % all.count]
    }
}
