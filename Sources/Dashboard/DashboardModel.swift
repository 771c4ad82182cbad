import RunEvents

/// The live screen as a value: events and keys in, effects and a grid of cells out.
///
/// Draw when `isDirty`, then call `markDrawn()`.
package struct DashboardModel: Sendable {
    private(set) var rows: Int
    private(set) var columns: Int
    private(set) var glyphs: GlyphSet
    let isReadOnly: Bool
    private(set) var history = RunHistory()
    private(set) var header = HeaderPane()
    private(set) var curves = CurvesPane()
    private(set) var plane = PlanePane()
    private(set) var matched = MatchedPane()
    private(set) var cursor = CursorPane()
    private(set) var tasks = TasksPane()
    private(set) var rates = RatesPane()
    private(set) var arms = ArmsPane()
    private(set) var events = EventsPane()
    private(set) var status = StatusPane()
    private(set) var hints = HintBar()
    private(set) var overlay: Overlay?
    private(set) var focus = Focus.learn
    private(set) var mainView = Layout.View.curves
    private var controls = TrainingControls()
    private(set) var interrupts = InterruptLadder()
    private var now = 0.0
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
    }

    package mutating func markDrawn() { isDirty = false }

    /// Takes in what happened and returns what the caller has to do about it.
    package mutating func update(_ input: DashboardInput) -> [DashboardEffect] {
        switch input {
        case .event(let stamped, let run): apply(stamped, run: run)
        case .written(let isWritten, let run):
            history.note(isWritten: isWritten, run: run)
            isDirty = true
        case .restart: forget()
        case .key(let key):
            isDirty = true
            hints.clear()
            return press(key)
        case .resize(let rows, let columns):
            (self.rows, self.columns) = (max(0, rows), max(0, columns))
            isDirty = true
        case .tick(let seconds): tick(seconds)
        case .message(let text): show(text)
        }
        return []
    }

    private mutating func apply(_ stamped: StampedEvent, run: Int) {
        history.apply(stamped, run: run)
        controls.hear(stamped.event)
        arms.adopt(history)
        if case .started = stamped.event { curves.adopt(history) }
        if case .finished = stamped.event, case .quit? = overlay { overlay = nil }
        eventTime = now
        isDirty = true
    }

    /// Forgets the run; what the user has chosen stays.
    private mutating func forget() {
        history = RunHistory()
        controls = TrainingControls()
        isDirty = true
    }

    private mutating func tick(_ seconds: Double) {
        let before = elapsed
        now = max(now, seconds)
        if hints.expire(now: now) || before.rounded(.down) != elapsed.rounded(.down) {
            isDirty = true
        }
    }

    /// The run that the selected arm belongs to.
    var selectedRun: Int { history.arm(named: arms.selection.selected)?.run ?? 0 }

    /// Seconds of the selected run by now; stands still while the run's own clock does, and for
    /// those who only look on between two events.
    var elapsed: Double {
        let isLive = !isReadOnly && history.condition(of: selectedRun) == .running
        return history.runs[selectedRun].seconds + (isLive ? now - eventTime : 0)
    }

    private mutating func show(_ text: String, color: CellColor = .accent) {
        hints.show(text, color: color, now: now)
        isDirty = true
    }
}

// MARK: - Keys

extension DashboardModel {
    var context: KeyContext {
        overlay?.context ?? (events.isFullScreen ? .log : .main)
    }

    private mutating func press(_ key: Key) -> [DashboardEffect] {
        guard let action = KeyTable.action(for: key, in: context) else {
            if case .rate(var prompt)? = overlay, case .character(let scalar) = key {
                prompt.type(scalar)
                overlay = .rate(prompt)
            }
            return []
        }
        switch action {
        case .interrupt: return interrupt()
        case .suspend: return [.suspend]
        case .redraw: return [.redraw]
        default: break
        }
        if overlay != nil { return handleOverlay(action) }
        if events.isFullScreen {
            events.handle(action, history: history, page: rows - 4)
            return []
        }
        if action.touchesTraining { return train(action) }
        return handleMain(action)
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

    private mutating func stopRun() -> [DashboardEffect] {
        interrupts.stop()
        overlay = nil
        show("stopping after the checkpoints; Ctrl-C quits at once", color: .warning)
        return [.quit(.stopAfterCheckpoint)]
    }

    private mutating func handleMain(_ action: Action) -> [DashboardEffect] {
        switch action {
        case .quit:
            if isReadOnly || history.hasEnded { return [.quit(.leave)] }
            overlay = .quit(QuitDialog())
        case .help: overlay = .help(HelpOverlay())
        case .info: overlay = arms.selection.selected.map { .info(ArmInfo(arm: $0)) }
        case .export: return [.export]
        case .log: events.toggleFullScreen()
        case .glyphs: glyphs = GlyphSet(Self.next(glyphs.kind))
        case .view: mainView = Self.next(mainView)
        case .focusNext: move(focus: Self.next(focus))
        case .focusPrevious: move(focus: Self.next(focus, by: -1))
        default: handleInPanes(action)
        }
        return []
    }

    private mutating func handleInPanes(_ action: Action) {
        let page = layout.arms?.rows ?? 5
        let scrolls: Set<Action> = [.up, .down, .pageUp, .pageDown]
        if focus == .events, scrolls.contains(action) {
            return events.handle(action, history: history, page: layout.events?.rows ?? 5)
        }
        if scrolls.contains(action) || action == .toggleArm || action == .pin {
            if let text = arms.handle(action, history: history, page: page) { show(text) }
            return
        }
        let text = curves.handle(action, history: history, plotColumns: layout.plotColumns)
        if let text { show(text, color: .warning) }
    }

    private mutating func move(focus: Focus) {
        self.focus = focus
        curves.focus(focus)
    }

    private static func next<Value: CaseIterable & Equatable>(
        _ value: Value, by change: Int = 1
    ) -> Value {
        let all = Array(Value.allCases)
        let index = all.firstIndex(of: value) ?? 0
        return all[(index + change + all.count) % all.count]
    }
}

// MARK: - Overlays and training

extension DashboardModel {
    private mutating func handleOverlay(_ action: Action) -> [DashboardEffect] {
        if action == .close {
            overlay = nil
            return []
        }
        switch overlay {
        case .help(var help)?:
            help.handle(action, page: rows - 4)
            overlay = .help(help)
        case .info(var info)?:
            info.handle(action, history: history, page: rows - 4)
            overlay = .info(info)
        case .quit?:
            if action == .stopRun { return stopRun() }
            if action == .killRun { return [.quit(.kill)] }
        case .stop(let dialog)? where action == .accept: return finish(.stop, arm: dialog.arm)
        case .rate(var prompt)?:
            if action == .accept, let rate = prompt.accept() {
                return finish(.setLearningRate(rate), arm: prompt.arm)
            }
            if action == .erase { prompt.erase() }
            overlay = .rate(prompt)
        default: break
        }
        return []
    }

    private mutating func finish(_ command: RunCommand, arm: String) -> [DashboardEffect] {
        overlay = nil
        return perform(
            controls.confirm(command, arm: history.arm(named: arm), hasEnded: history.hasEnded))
    }

    private mutating func train(_ action: Action) -> [DashboardEffect] {
        perform(
            controls.reply(
                to: action, arm: history.arm(named: arms.selection.selected),
                hasEnded: history.hasEnded, isReadOnly: isReadOnly))
    }

    private mutating func perform(_ reply: TrainingControls.Reply) -> [DashboardEffect] {
        switch reply {
        case .refused(let why):
            show(why, color: .warning)
            return []
        case .ask(let overlay):
            self.overlay = overlay
            return []
        case .send(let command, let arm):
            controls.sent(command, arm: arm)
            show("asked: \(command.phrase) of \(arm)")
            return [.command(command, arm: arm)]
        }
    }
}
