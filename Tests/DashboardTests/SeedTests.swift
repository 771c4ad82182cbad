import Foundation
import RunEvents
import TestSupport
import Testing

@testable import Dashboard

/// Seeds of one arm share its letter and hue; their mean stands for the arm.
@Suite struct SeedTests {
    private static let loss = MetricChoice(.targetLoss, task: "code")

    private func history(_ arms: [(name: String, arm: String?)]) -> RunHistory {
        var identity = ScriptedRun().identity
        identity.arms = arms.enumerated().map { index, arm in
            ArmIdentity(
                name: arm.name, method: "full", rank: nil, seed: UInt64(index), plannedSteps: 100,
                learningRate: 1, trainableParameters: 1, totalParameters: 1, studyArm: arm.arm)
        }
        var history = RunHistory()
        history.apply(StampedEvent(seconds: 0, event: .started(identity)))
        return history
    }

    @Test func seedsShareLetterAndHue() {
        let history = history([
            ("full-s0", "full"), ("full-s1", "full"), ("fuller-s0", "fuller"),
            ("fuller-s1", "fuller"),
        ])
        #expect(history.arms.map(\.index) == [0, 0, 1, 1])
        #expect(history.arms.map { String($0.letter) } == ["f", "f", "u", "u"])
        #expect(ArmGroup.groups(of: history.arms).map(\.trajectories.count) == [2, 2])
    }

    @Test("names alone make no seeds: runs made before seeds were recorded have an arm each")
    func namesAreNotSniffed() {
        let history = history([("full-s0", nil), ("full-s1", nil)])
        #expect(history.arms.map(\.index) == [0, 1])
        #expect(history.arms[0].letter != history.arms[1].letter)
    }

    @Test func armsOfTwoRunsStayApart() {
        let identity = ScriptedRun().identity
        var history = RunHistory()
        for run in 0..<2 {
            history.apply(StampedEvent(seconds: 0, event: .started(identity)), run: run)
        }
        #expect(ArmGroup.groups(of: history.arms).count == 6)
        #expect(Set(history.arms.map(\.index)).count == 6)
    }

    /// Two arms of three seeds, whose losses lie apart.
    private func model() -> DashboardModel {
        let names = ["full", "lora"].flatMap { arm in
            (0..<3).map { (name: "\(arm)-s\($0)", arm: arm) }
        }
        var identity = ScriptedRun().identity
        identity.arms = names.map { name, arm in
            ArmIdentity(
                name: name, method: arm, rank: nil, seed: 0, plannedSteps: 100, learningRate: 1,
                trainableParameters: 1, totalParameters: 1, studyArm: arm)
        }
        var model = DashboardModel(
            rows: 24, columns: 80, capabilities: .init(glyphs: .braille, hasColor: true))
        _ = model.update(.event(StampedEvent(seconds: 0, event: .started(identity))))
        for (index, arm) in names.enumerated() {
            for step in stride(from: 0, through: 100, by: 20) {
                let fall = Double(step) / 100 * Double(2 + index / 3 * 2)
                let value = 6 - fall + (step > 0 ? 0.8 * Double(index % 3 - 1) : 0)
                _ = model.update(
                    .event(
                        StampedEvent(
                            seconds: 0,
                            event: .observed(
                                Observation(
                                    arm: arm.name, step: step, tokens: step, seconds: 0,
                                    kind: .target, task: "code", metric: "loss", value: value)))))
            }
        }
        return model
    }

    @Test func seedsAreFaintAndTheMeanIsStrongWithTheOnlyLetter() {
        let grid = model().view()
        for hue in 0..<2 {
            let cells = (2..<9).flatMap { row in (8..<80).map { grid[row, $0] } }
                .filter { $0.style.color == .arm(hue) }
            let letters = cells.filter { $0.scalar.isASCII }
            #expect(letters.map { String($0.scalar) } == [hue == 0 ? "f" : "l"])
            let (faint, strong) = (
                cells.filter { $0.style.isFaint }, cells.filter { $0.style.isBold }
            )
            #expect(faint.count > 10 && strong.count > 10)
            #expect(faint.count + strong.count == cells.count)
        }
    }

    @Test func oneSeedLeftIsAnArmLikeAnyOther() {
        var model = model()
        for keys in [[Key.enter, .down, .down, " "], [.down, " "]] {
            for key in keys { _ = model.update(.key(key)) }
        }
        let cells = (2..<9).flatMap { row in (8..<80).map { model.view()[row, $0] } }
        #expect(!cells.contains { $0.style.color == .arm(0) && $0.style.isFaint })
        #expect(cells.contains { $0.style.color == .arm(1) && $0.style.isFaint })
    }
}
