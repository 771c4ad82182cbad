import RunEvents

/// A line of the event log.
struct LogEntry: Sendable, Equatable {
    var seconds: Double
    var level: Notice.Level
    /// The run it is about, counted from 0.
    var run: Int
    var arm: String?
    var text: String
}

extension LogEntry {
    /// The line that an event leaves in the log, or nil if it leaves none.
    init?(_ stamped: StampedEvent, run: Int) {
        let seconds = stamped.seconds
        func entry(_ text: String, arm: String? = nil, _ level: Notice.Level = .info) -> LogEntry {
            LogEntry(seconds: seconds, level: level, run: run, arm: arm, text: text)
        }
        switch stamped.event {
        // Every turn of an arm ends with a checkpoint: its details list them.
        case .observed, .items, .scored, .progress, .checkpointSaved: return nil
        case .started(let identity):
            let arms = identity.arms.count == 1 ? "1 arm" : "\(identity.arms.count) arms"
            self = entry("run \(identity.run) started with \(arms)")
        case .armChanged(let arm, let state, let step):
            guard let text = Self.text(of: state, step: step) else { return nil }
            self = entry(text, arm: arm, state == .diverged ? .alert : .info)
        case .command(let request, let state, let step):
            let (text, level) = Self.text(of: request, state: state, step: step)
            self = entry(text, arm: request.arm, level)
        case .notice(let notice):
            self = entry(notice.text, arm: notice.arm, notice.level)
        case .resumed: self = entry("run resumed")
        case .finished(let outcome):
            let isGood = outcome == .completed || outcome == .interrupted
            self = entry(outcome.text, isGood ? .info : .alert)
        }
    }

    private static func text(of state: ArmState, step: Int) -> String? {
        switch state {
        case .waiting, .training, .evaluating: nil
        case .paused: "paused @\(step)"
        case .stopped: "stopped @\(step)"
        case .finished: "finished @\(step)"
        case .diverged: "diverged @\(step)"
        }
    }

    private static func text(
        of request: CommandRequest, state: CommandState, step: Int
    ) -> (String, Notice.Level) {
        let what = "\(request.origin): \(request.command.phrase)"
        switch state {
        case .asked: return ("\(what) asked @\(step)", .info)
        case .applied: return ("\(what) applied @\(step)", .info)
        case .refused(let reason): return ("\(what) refused: \(reason)", .warning)
        }
    }
}

extension RunOutcome {
    /// How the run ended, in words.
    var text: String {
        switch self {
        case .completed: "run completed"
        case .interrupted: "run interrupted; it can be resumed"
        case .diverged(let arm): "run ended: \(arm) diverged"
        case .failed(let description): "run failed: \(description)"
        }
    }
}
