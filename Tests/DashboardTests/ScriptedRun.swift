import Foundation
import RunEvents

@testable import Dashboard

/// A run made of fixed events: three arms, evaluations every 20 steps, a few incidents.
struct ScriptedRun {
    var armNames = ["full", "lora-r16", "lora-r8"]
    var steps = 240
    var planned = 300
    var every = 20
    var sourceTasks = ["facts", "completion", "reference"]
    var evaluation: [String: String]? = ["evaluate.limit": "200"]

    var identity: RunIdentity {
        RunIdentity(
            run: "code-20260102T030405Z", study: "code", base: "tiny", domain: "code",
            targetTasks: ["code"], sourceTasks: sourceTasks + ["text"],
            evaluateEvery: every,
            arms: armNames.enumerated().map { index, name in
                ArmIdentity(
                    name: name, method: index == 0 ? "full" : "lora",
                    rank: index == 0 ? nil : 16 / index, seed: 0, plannedSteps: planned,
                    learningRate: index == 0 ? 1e-3 : 1e-2,
                    trainableParameters: index == 0 ? 2_400_000 : 96_000 / index,
                    totalParameters: 2_400_000 + (index == 0 ? 0 : 96_000 / index),
                    optimizer: "adamw, betas 0.9 and 0.999, epsilon 1e-08, no weight decay",
                    settings: ArmSettings(
                        method: index == 0 ? "parts all" : "rank \(16 / index), targets all",
                        lossMask: "response", data: "800 examples of code/train.jsonl",
                        schedule: "cosine after 10 steps of warm-up"))
            }, evaluation: evaluation)
    }

    /// Everything up to `steps`.
    var events: [StampedEvent] {
        var events = [StampedEvent(seconds: 0, event: .started(identity))]
        for step in 0...steps {
            for (index, name) in armNames.enumerated() {
                if step > 0 { events += training(name, index, step) }
                if step % 20 == 0 { events += evaluation(name, index, step) }
            }
        }
        return events + incidents
    }

    private func stamp(_ step: Int, _ index: Int) -> Double {
        Double(step) * 0.5 + Double(index) * 0.1
    }

    private func observe(
        _ arm: String, _ index: Int, _ step: Int, _ kind: ObservationKind, _ task: String,
        _ metric: String, _ value: Double
    ) -> StampedEvent {
        StampedEvent(
            seconds: stamp(step, index),
            event: .observed(
                Observation(
                    arm: arm, step: step, tokens: step * 2048, seconds: Double(step) * 0.16,
                    kind: kind, task: task, metric: metric, value: value)))
    }

    private func training(_ name: String, _ index: Int, _ step: Int) -> [StampedEvent] {
        let wobble = Double((step * 7919 + index * 104_729) % 97) / 97 - 0.5
        let loss = 0.75 + Double(index) * 0.12 + 2.6 * exp(-Double(step) / 45) + 0.5 * wobble
        let peak = index == 0 ? 1e-3 : 1e-2
        let rate =
            step <= 10
            ? peak * Double(step) / 10
            : peak * 0.5 * (1 + cos(Double.pi * Double(step - 10) / Double(planned - 10)))
        let norm = 0.4 + 0.3 * wobble + exp(-Double(step) / 30)
        return [
            observe(name, index, step, .train, "", "loss", loss),
            observe(name, index, step, .train, "", "learning_rate", rate),
            observe(name, index, step, .train, "", "gradient_norm", norm),
        ]
    }

    private func evaluation(_ name: String, _ index: Int, _ step: Int) -> [StampedEvent] {
        let time = Double(step)
        let loss = 0.9 + Double(index) * 0.14 + (2.3 - Double(index) * 0.14) * exp(-time / 50)
        let forgetting =
            [0.62, 0.27, 0.16][index % 3] * (1 - exp(-time / 140))
            + (step > 0 ? 0.01 * sin(time / 17) : 0)
        let scores: [(ObservationKind, String, String, Double)] = [
            (.target, "code", "loss", loss),
            (.target, "code", "bits_per_byte", loss * 0.48),
            (.target, "code", "exact_match", min(0.9, 0.6 * (1 - exp(-time / 80)))),
            (.source, "text", "loss", 1.8 + forgetting),
            (.source, "text", "forgetting", forgetting),
            (.source, "", "retained_accuracy", 0.777 - 0.33 * forgetting),
            (.cost, "", "tokens_per_second", 14_200 + Double(index) * 3100 + 90 * sin(time)),
            (.cost, "", "peak_bytes", 412e6),
        ]
        let accuracies = zip(
            sourceTasks, [(0.86, 0.5), (0.78, 0.3), (0.69, 0.2), (0.6, 0.1), (0.5, 0)]
        )
        .map { task, line in
            (ObservationKind.source, task, "acc", line.0 - line.1 * forgetting)
        }
        return (scores + accuracies).map { observe(name, index, step, $0.0, $0.1, $0.2, $0.3) }
    }

    private var incidents: [StampedEvent] {
        guard armNames.count >= 3, steps >= 240 else { return [] }
        let pause = CommandRequest(id: 1, command: .pause, arm: armNames[2], origin: "keyboard")
        let end = stamp(steps, 2)
        return [
            StampedEvent(
                seconds: 31,
                event: .checkpointSaved(
                    arm: armNames[0], step: 60, path: "checkpoints/full/step-60", bytes: 28_800_000)
            ),
            StampedEvent(
                seconds: 93,
                event: .notice(
                    Notice(
                        level: .warning, arm: armNames[0], step: 180,
                        text: "forgetting has passed 0.40 nats/token"))),
            StampedEvent(seconds: end, event: .command(pause, state: .asked, step: 236)),
            StampedEvent(seconds: end + 0.4, event: .command(pause, state: .applied, step: 240)),
            StampedEvent(
                seconds: end + 0.4, event: .armChanged(arm: armNames[2], state: .paused, step: 240)),
            StampedEvent(
                seconds: end + 0.5,
                event: .armChanged(arm: armNames[0], state: .training, step: 240)),
            StampedEvent(
                seconds: end + 0.5,
                event: .armChanged(arm: armNames[1], state: .evaluating, step: 240)),
            StampedEvent(
                seconds: end + 1,
                event: .progress(
                    Progress(
                        arm: armNames[1], phase: .evaluating(task: "facts", done: 40, total: 200),
                        step: 240, tokensPerSecond: 17_300))),
        ]
    }

    /// A dashboard that has seen the whole script.
    func model(
        rows: Int, columns: Int, glyphs: ScreenCapabilities.Glyphs = .braille,
        isReadOnly: Bool = false
    ) -> DashboardModel {
        var model = DashboardModel(
            rows: rows, columns: columns,
            capabilities: ScreenCapabilities(glyphs: glyphs, hasColor: true),
            isReadOnly: isReadOnly)
        for event in events { _ = model.update(.event(event)) }
        return model
    }
}
