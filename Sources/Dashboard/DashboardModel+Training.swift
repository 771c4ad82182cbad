import RunEvents

/// What lies on top of the screen, and what reaches the training.
extension DashboardModel {
    mutating func handleOverlay(_ action: Action) -> [DashboardEffect] {
        switch overlay {
        case .help(var help)? where action != .close:
            help.handle(action, page: rows - 4)
            overlay = .help(help)
        case .info(var info)? where action != .close:
            info.handle(action, scene: scene, page: rows - 4)
            overlay = .info(info)
        case .filter(var prompt)?:
            if action == .erase { prompt.erase() }
            overlay = action == .erase ? .filter(prompt) : nil
            arms.filter(by: action == .close ? "" : prompt.text, history)
        case .budget(var prompt)? where action != .close:
            if action == .accept, let answer = prompt.accept() { return set(answer) }
            if action == .erase { prompt.erase() }
            overlay = .budget(prompt)
        case .quit? where action == .stopRun: return stopRun()
        case .quit? where action == .killRun: return kill()
        case .kill? where action == .accept: return [.quit(.kill)]
        case .kill? where action == .close: overlay = .quit(QuitDialog())
        case .stop(let dialog)? where action == .accept: return finish(.stop, of: dialog.target)
        case .stop(let dialog)? where action == .pauseOrResume: return pauseInstead(dialog.target)
        case .rate(var prompt)? where action != .close:
            if action == .accept, let rate = prompt.accept() { return set(rate, prompt) }
            if action == .erase { prompt.erase() }
            overlay = .rate(prompt)
        case .highRate(let dialog)? where action == .accept:
            return finish(.setLearningRate(dialog.new), of: dialog.prompt.target)
        case .highRate(let dialog)? where action == .close: overlay = .rate(dialog.prompt)
        case _ where action == .close: overlay = nil
        default: break
        }
        return []
    }

    /// Ends the run after its checkpoints.
    mutating func stopRun() -> [DashboardEffect] {
        overlay = nil
        guard !interrupts.isStopping else {
            show("the run is stopping already; Ctrl-C quits at once", color: .warning)
            return []
        }
        interrupts.stop()
        show("stopping after the checkpoints; Ctrl-C quits at once", color: .warning)
        return [.quit(.stopAfterCheckpoint)]
    }

    private mutating func kill() -> [DashboardEffect] {
        if history.unsavedSteps.isEmpty { return [.quit(.kill)] }
        overlay = .kill(KillDialog())
        return []
    }

    private mutating func pauseInstead(_ line: ArmLine) -> [DashboardEffect] {
        guard CommandTarget(line, in: history)?.isPaused != true else {
            show("\(line.name) is paused already", color: .warning)
            return []
        }
        return finish(.pause, of: line)
    }

    private mutating func set(_ rate: Double, _ prompt: LearningRatePrompt) -> [DashboardEffect] {
        let old = CommandTarget(prompt.target, in: history)?.peakLearningRates.first
        if let dialog = RateDialog(prompt, old: old, new: rate) {
            overlay = .highRate(dialog)
            return []
        }
        return finish(.setLearningRate(rate), of: prompt.target)
    }

    /// A budget that changes only what is shown.
    private mutating func set(_ answer: BudgetPrompt.Answer) -> [DashboardEffect] {
        overlay = nil
        switch answer {
        case .set(let budget): choices.set(budget: budget)
        case .remove: choices.set(budget: nil)
        }
        return []
    }

    private mutating func finish(_ command: RunCommand, of line: ArmLine) -> [DashboardEffect] {
        overlay = nil
        let target = CommandTarget(line, in: history)
        return perform(controls.confirm(command, target: target, in: situation))
    }

    mutating func train(_ action: Action) -> [DashboardEffect] {
        let target = CommandTarget(arms.selection.selected, in: history)
        return perform(controls.reply(to: action, target: target, in: situation))
    }

    private var situation: TrainingControls.Situation {
        .init(
            hasEnded: history.hasEnded, isStopping: interrupts.isStopping, isReadOnly: isReadOnly)
    }

    private mutating func perform(_ reply: TrainingControls.Reply) -> [DashboardEffect] {
        switch reply {
        case .refused(let why):
            show(why, color: .warning)
            return []
        case .ask(let overlay):
            self.overlay = overlay
            return []
        case .send(let command, let line):
            guard let target = CommandTarget(line, in: history) else { return [] }
            controls.sent(command, to: target)
            let remedy = command.remedy.map { "; \($0)" } ?? ""
            show("asked: \(command.phrase) of \(target.text)\(remedy)")
            history.ask(command, of: target.going.map(\.name))
            return target.addresses.map { .command(command, arm: $0) }
        }
    }
}
