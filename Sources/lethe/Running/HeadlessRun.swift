import Foundation
import RunEvents
import Terminal

/// A run without a screen: rows on standard output, progress on standard error.
struct HeadlessRun {
    let thread: TrainingThread
    let isQuiet: Bool
    private let evaluations = EvaluationLines()

    init(thread: TrainingThread, isQuiet: Bool) {
        self.thread = thread
        self.isQuiet = isQuiet
    }

    /// Waits until the run has ended.
    ///
    /// - Returns: The signal that ended it, if one did.
    func wait(_ channel: EventChannel) -> StopSignal? {
        while !thread.state.isOver {
            if SignalWatch.pending != nil { thread.stop.ask(.afterStep) }
            channel.drain().forEach(tell)
            Thread.sleep(forTimeInterval: 0.05)
        }
        channel.drain().forEach(tell)
        return SignalWatch.pending
    }

    private func tell(_ stamped: StampedEvent) {
        guard !isQuiet,
            let line = evaluations.text(for: stamped) ?? ProgressLine.text(for: stamped)
        else { return }
        StandardError.write("lethe: \(line)\n")
    }
}

/// A line now and then while a long evaluation goes on.
private final class EvaluationLines {
    private static let interval = Duration.seconds(10)

    private var last: ContinuousClock.Instant?

    /// What is told of an evaluation's progress: nothing in its first seconds, and not too often.
    func text(for stamped: StampedEvent) -> String? {
        guard case .progress(let progress) = stamped.event,
            case .evaluating(let task, let done, let total) = progress.phase
        else {
            last = nil
            return nil
        }
        let now = ContinuousClock.now
        guard let last else {
            self.last = now
            return nil
        }
        guard now - last >= Self.interval else { return nil }
        self.last = now
        let left = progress.secondsLeft.map { ", \(AlignedText.time($0)) left" } ?? ""
        let whose = progress.arm.map { "\($0) step \(progress.step)" } ?? "base"
        return "evaluating \(whose): \(task) \(done)/\(total)\(left)"
    }
}

/// One line for a person who watches a run without a screen.
enum ProgressLine {
    static func text(for stamped: StampedEvent) -> String? {
        switch stamped.event {
        case .started(let identity):
            return "run \(identity.run): \(identity.arms.map(\.name).joined(separator: ", "))"
        case .observed(let seen) where isHeadline(seen):
            let value = String(format: "%.4f", seen.value)
            return "\(seen.arm) step \(seen.step): \(seen.kind.rawValue) \(seen.metric) \(value)"
        case .command(let request, let state, let step):
            return "\(request.arm ?? "all arms"): \(request.command.name) \(name(state)) at \(step)"
        case .notice(let notice):
            return "\(notice.arm.map { "\($0): " } ?? "")\(notice.text)"
        case .resumed(let arms):
            let parts = arms.sorted { $0.key < $1.key }.map { "\($0.key) at \($0.value)" }
            return "going on: \(parts.isEmpty ? "from the start" : parts.joined(separator: ", "))"
        case .observed, .items, .scored, .armChanged, .progress, .checkpointSaved, .finished:
            return nil
        }
    }

    private static func isHeadline(_ seen: Observation) -> Bool {
        [MetricDefinition.targetLoss, .forgetting].contains { seen.key == $0.key(task: seen.task) }
    }

    private static func name(_ state: CommandState) -> String {
        switch state {
        case .asked: "asked"
        case .applied: "applied"
        case .refused(let reason): "refused (\(reason))"
        }
    }
}
