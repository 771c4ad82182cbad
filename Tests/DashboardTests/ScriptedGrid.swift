import Foundation
import RunEvents

@testable import Dashboard

/// A run of fixed events whose study is a grid: arms at several rates with several seeds.
///
/// Arm number a at rate number r with seed s comes down from a loss of 3 by 2 · (1 − e^(−t/τ)), with τ
/// smaller for higher rates, and forgets (0.1 + 0.05 a + 0.15 r) · t/100 · (1 + s/10): the lowest rate
/// forgets least, the highest learns most.
struct ScriptedGrid {
    var arms = ["full", "lora-r8"]
    var rates = [1e-3, 2e-3, 4e-3]
    var seeds = 3
    var steps = 100
    var budget: Double?
    /// The newest step of the last seed; it is still training there.
    var lastStep = 100

    private struct Member {
        var name: String
        var arm: Int
        var rate: Int
        var seed: Int
    }

    private var members: [Member] {
        (0..<seeds).flatMap { seed in
            arms.indices.flatMap { arm in
                rates.indices.map { rate in
                    Member(
                        name: "\(arms[arm])-lr\(rate)-s\(seed)", arm: arm, rate: rate, seed: seed)
                }
            }
        }
    }

    var identity: RunIdentity {
        RunIdentity(
            run: "grid-20260102T030405Z", study: "grid", base: "tiny", domain: "code",
            targetTasks: ["code"], sourceTasks: ["facts", "text"], evaluateEvery: 10,
            arms: members.map { member in
                ArmIdentity(
                    name: member.name, method: member.arm == 0 ? "full" : "lora",
                    rank: member.arm == 0 ? nil : 8, seed: UInt64(member.seed),
                    plannedSteps: steps, learningRate: rates[member.rate],
                    trainableParameters: 1000, totalParameters: 2000, studyArm: arms[member.arm],
                    course: .constant)
            }, budget: budget)
    }

    var events: [StampedEvent] {
        [StampedEvent(seconds: 0, event: .started(identity))] + members.flatMap(events)
    }

    private func events(of member: Member) -> [StampedEvent] {
        let end = member.seed == seeds - 1 ? lastStep : steps
        var events = Array(stride(from: 0, through: end, by: 5)).flatMap { scores(member, $0) }
        if end == steps {
            events.append(
                StampedEvent(
                    seconds: Double(end),
                    event: .armChanged(arm: member.name, state: .finished, step: end)))
        }
        return events
    }

    private func scores(_ member: Member, _ step: Int) -> [StampedEvent] {
        let time = Double(step)
        let constant = 60 / Double(member.rate + 1) + 4 * Double(member.seed)
        let loss = 3 - 2 * (1 - exp(-time / constant)) + 0.05 * Double(member.arm)
        let forgotten =
            (0.1 + 0.05 * Double(member.arm) + 0.15 * Double(member.rate)) * time / 100
            * (1 + Double(member.seed) / 10)
        let values: [(ObservationKind, String, String, Double)] = [
            (.target, "code", "loss", loss),
            (.target, "code", "exact_match", min(0.9, (3.05 - loss) / 3)),
            (.source, "text", "loss", 1.5 + forgotten),
            (.source, "text", "forgetting", forgotten),
            (.source, "", "retained_accuracy", 0.8 - 0.4 * forgotten),
            (.cost, "", "arm_bytes", member.arm == 0 ? 40e6 : 12e6),
        ]
        return values.map { kind, task, metric, value in
            StampedEvent(
                seconds: time,
                event: .observed(
                    Observation(
                        arm: member.name, step: step, tokens: step * 2048, seconds: time * 0.2,
                        kind: kind, task: task, metric: metric, value: value)))
        }
    }

    /// A dashboard that has seen the whole script, and its verdict.
    func model(
        rows: Int, columns: Int, glyphs: ScreenCapabilities.Glyphs = .braille
    ) -> DashboardModel {
        var model = DashboardModel(
            rows: rows, columns: columns,
            capabilities: ScreenCapabilities(glyphs: glyphs, hasColor: true))
        for event in events { _ = model.update(.event(event)) }
        model.judge()
        return model
    }
}
