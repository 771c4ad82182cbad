package import RunEvents

/// Turns a run's events, in order, into the rows of its table; those of its verdict, at its end, are made
/// by `VerdictRows`.
///
/// Rows of kind `event` take `tokens` and `seconds` from the arm's observations, so that the mapping
/// depends on the events alone and a resumed run gives the rows of an uninterrupted one.
package struct RunTable: Sendable {
    /// What the run has said so far, but for what single items added.
    package private(set) var run: RunState

    /// - Parameter run: What has made its rows already.
    package init(after run: RunState = RunState()) { self.run = run }

    /// The rows that an event makes: one, or none.
    ///
    /// `observed` makes its own row; commands, checkpoints, notices, pauses and ends of arms make a
    /// row of kind `event` whose metric is `command`, `checkpoint`, `notice` or `state`.
    package mutating func rows(for stamped: StampedEvent) -> [TableRow] {
        let rows = made(by: stamped)
        switch stamped.event {
        case .items, .scored: break
        default: run.apply(stamped)
        }
        return rows
    }

    private func made(by stamped: StampedEvent) -> [TableRow] {
        switch stamped.event {
        case .observed(let observation):
            return [row(observation)]
        case .armChanged(let arm, let state, let step):
            guard let note = stateNote(arm, state) else { return [] }
            return [row("state", note, arm: arm, step: step, at: stamped.seconds)]
        case .command(let request, let state, let step):
            let note = Self.commandNote(request, state)
            return [row("command", note, arm: request.arm, step: step, at: stamped.seconds)]
        case .checkpointSaved(let arm, let step, let path, _):
            return [row("checkpoint", path, arm: arm, step: step, at: stamped.seconds)]
        case .notice(let notice):
            let note = "\(notice.level.rawValue): \(notice.text)"
            return [row("notice", note, arm: notice.arm, step: notice.step, at: stamped.seconds)]
        case .started, .items, .scored, .progress, .resumed, .finished: return []
        }
    }

    private func row(_ seen: Observation) -> TableRow {
        var row = row(
            of: seen.arm, step: seen.step, tokens: seen.tokens, seconds: seen.seconds,
            kind: seen.kind, metric: seen.metric, note: seen.note)
        row.task = seen.task
        row.value = seen.value
        row.error = seen.error
        row.count = seen.count
        return row
    }

    private func row(
        _ name: String, _ note: String, arm: String?, step: Int, at seconds: Double
    ) -> TableRow {
        let trajectory = arm.flatMap { run.trajectory(named: $0) }
        return row(
            of: arm, step: step, tokens: trajectory?.tokens ?? 0,
            seconds: arm == nil ? seconds : trajectory?.seconds ?? 0, kind: .event, metric: name,
            note: note)
    }

    /// A row without a value, of a trajectory or of the whole run.
    private func row(
        of trajectory: String?, step: Int, tokens: Int, seconds: Double, kind: ObservationKind,
        metric: String, note: String
    ) -> TableRow {
        let identity = trajectory.flatMap { run.trajectory(named: $0) }?.identity
        return TableRow(
            run: run.identity?.run ?? "", trajectory: trajectory ?? "",
            arm: identity?.studyArm ?? trajectory ?? "",
            method: identity?.method ?? "", rank: identity?.rank, seed: identity?.seed, step: step,
            tokens: tokens, seconds: seconds, kind: kind, task: "", metric: metric, note: note,
            learningRate: identity?.learningRate)
    }

    /// What a change of state is worth telling: the end of an arm, a pause, the end of a pause.
    private func stateNote(_ arm: String, _ state: ArmState) -> String? {
        let trajectory = run.trajectory(named: arm)
        let wasPaused = trajectory?.isPaused ?? false
        if state == .paused { return wasPaused ? nil : state.rawValue }
        if state.isFinal { return state.rawValue }
        return wasPaused && trajectory?.isPaused(in: state) == false ? "resumed" : nil
    }

    private static func commandNote(_ request: CommandRequest, _ state: CommandState) -> String {
        let command = "#\(request.id) \(request.command.name)"
        return switch state {
        case .asked: "\(command) asked by \(request.origin)"
        case .applied: "\(command) applied, asked by \(request.origin)"
        case .refused(let reason): "\(command) refused, asked by \(request.origin): \(reason)"
        }
    }
}
