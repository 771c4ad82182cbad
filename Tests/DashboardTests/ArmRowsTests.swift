import RunEvents
import Testing

@testable import Dashboard

/// A grid is listed by its arms, which open into their trajectories.
@Suite struct ArmRowsTests {
    private func press(_ keys: [Key], _ model: inout DashboardModel) {
        for key in keys { _ = model.update(.key(key)) }
    }

    private func model(
        rows: Int = 24, columns: Int = 80, _ grid: ScriptedGrid = ScriptedGrid()
    ) -> DashboardModel { grid.model(rows: rows, columns: columns) }

    private func names(_ model: DashboardModel) -> [String] {
        model.scene.rows.map { model.scene.name(of: $0) }
    }

    @Test func anArmOpensIntoItsTrajectoriesAndCloses() {
        var model = model()
        #expect(names(model) == ["full", "lora-r8"])
        press([.enter], &model)
        #expect(names(model).count == 2 + 9 && names(model).last == "lora-r8")
        #expect(Array(names(model)[1...2]) == ["  lr1.0e-3 s0", "  lr2.0e-3 s0"])
        #expect(model.scene.selectedRow?.name == "full")
        press([.down, .down, .enter], &model)
        #expect(names(model) == ["full", "lora-r8"])
        #expect(model.scene.selectedRow?.name == "full", "closed from a trajectory's line")
    }

    @Test func escapeLeavesItOpen() {
        var model = model()
        press([.enter, .home, .escape, .escape], &model)
        #expect(names(model).count == 11)
    }

    @Test func whatDoesNotVaryIsNotTold() {
        var model = model(ScriptedGrid(rates: [1e-3], seeds: 2))
        press([.enter], &model)
        #expect(names(model)[1...2] == ["  s0", "  s1"])
        model = self.model(ScriptedGrid(seeds: 1))
        press([.enter], &model)
        #expect(names(model)[1...2] == ["  lr1.0e-3", "  lr2.0e-3"])
    }

    @Test func anArmOfASingleTrajectoryIsThatTrajectory() {
        var model = ScriptedRun().model(rows: 40, columns: 120)
        let before = model.view().text
        #expect(!before.contains("seeds") && !before.contains("done") && !before.contains("Enter"))
        press([.enter], &model)
        #expect(names(model) == ["full", "lora-r16", "lora-r8"])
        #expect(model.view().text.contains("full is a single trajectory"))
    }

    @Test func itsNumbersAreTheMeanOverSeedsOfItsBestRate() throws {
        let model = model(rows: 40, columns: 120)
        let row = try #require(model.scene.rows.first)
        let best = model.scene.best(of: row.group).trajectories
        #expect(row.trajectories.count == 9 && best.count == 3)
        #expect(Set(best.map { $0.identity?.learningRate }).count == 1)
        let loss = model.scene.learn.choice
        let values = best.compactMap { $0.series(of: loss)?.latest?.value }
        let mean = values.reduce(0, +) / 3
        let shown = try #require(model.scene.reading(of: loss, row: row)?.value)
        #expect(abs(shown - mean) < 1e-12)
        let line = try #require(
            model.view().text.split(separator: "\n").first { $0.contains("■ f full") })
        for text in ["9/9", "900/900", "3/3", NumberText.value(mean), "finished"] {
            #expect(line.contains(text), "\(text) in \(line)")
        }
    }

    @Test func progressCountsWhatHasEnded() throws {
        var model = model(ScriptedGrid(lastStep: 40))
        let row = try #require(model.scene.rows.first)
        #expect(row.doneText == "6/9" && row.seedsText == "2/3")
        let diverged = RunEvent.armChanged(arm: "full-lr2-s2", state: .diverged, step: 41)
        _ = model.update(.event(StampedEvent(seconds: 101, event: diverged)))
        let after = try #require(model.scene.rows.first)
        #expect(after.doneText == "7/9")
        #expect(model.scene.standing(of: after).text == "1 diverged")
        let turn = RunEvent.armChanged(arm: "full-lr1-s2", state: .training, step: 41)
        _ = model.update(.event(StampedEvent(seconds: 102, event: turn)))
        #expect(model.scene.rows.first.map(model.scene.standing)?.text == "training")
    }

    @Test func spaceHidesAnArmOrATrajectory() {
        var model = model()
        press([" "], &model)
        #expect(model.scene.shownArms.count == 9 && model.scene.shownGroups.count == 1)
        #expect(model.view().text.contains("□ f full"))
        press([.enter, .down, " "], &model)
        #expect(model.scene.shownArms.count == 10)
        press([.up, " ", " "], &model)
        #expect(model.scene.shownArms.count == 18, "none, then all")
    }

    @Test func armsAndTrajectoriesAreComparedWith() {
        var model = model(rows: 40, columns: 120)
        press(["p"], &model)
        #expect(model.view().text.contains("differences are against full; p ends it"))
        let scene = model.scene
        let loss = scene.learn.choice
        #expect(scene.text(of: loss, row: scene.rows[1], isSigned: false).hasPrefix("Δ"))
        #expect(!scene.text(of: loss, row: scene.rows[0], isSigned: false).hasPrefix("Δ"))
        press([.enter, .down, "p"], &model)
        #expect(model.view().text.contains("differences are against full-lr0-s0"))
        let other = model.scene
        #expect(other.text(of: loss, row: other.rows[0], isSigned: false).hasPrefix("Δ"))
    }

    @Test func detailsTellTheGridAndEveryTrajectory() {
        var model = model(rows: 40, columns: 120)
        press(["i"], &model)
        let text = model.view().text
        for part in [
            "ARM  full", "planned lr     1.0e-3, 2.0e-3, 4.0e-3", "seeds          0, 1, 2",
            "done           9/9, 900/900 steps", "lr4.0e-3 s2  finished 100/100",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        press([.escape, .enter, .down, "i"], &model)
        #expect(model.view().text.contains("100 steps, seed 0"))
    }

    // MARK: - Order and filter

    @Test func equalLearningIsTheVerdicts() throws {
        var model = model(rows: 40, columns: 120)
        press(["s", "s", "s", "s"], &model)
        #expect(model.scene.selection.order == .equalLearning)
        let verdict = try #require(model.scene.verdict.verdict)
        let level = try #require(verdict.commonLevel)
        let values = model.scene.rows.map { model.scene.forgottenAtEqualLearning($0) }
        #expect(values.allSatisfy { $0 != nil })
        #expect(values.compactMap { $0 } == values.compactMap { $0 }.sorted())
        #expect(values[0] == verdict.forgotten(by: "full", at: level))
        let text = model.view().text
        #expect(text.contains("forget @\(NumberText.value(level))↓"))
        #expect(text.contains("arms by forgetting at code loss"))
    }

    @Test func armsThatDoNotReachTheLevelComeLast() {
        // The first arm is called by a name that no verdict has.
        var model = model(ScriptedGrid(arms: ["a", "b", "c"]))
        let late = Observation(
            arm: "d", step: 0, tokens: 0, seconds: 0, kind: .target, task: "code", metric: "loss",
            value: 3)
        _ = model.update(.event(StampedEvent(seconds: 101, event: .observed(late))))
        press(["s", "s", "s", "s"], &model)
        #expect(names(model) == ["a", "b", "c", "d"])
        #expect(model.scene.rows.last.flatMap(model.scene.forgottenAtEqualLearning) == nil)
    }

    @Test func withoutAVerdictTheOrderSaysSo() {
        var model = ScriptedRun().model(rows: 24, columns: 120)
        press(["s", "s", "s", "s"], &model)
        #expect(model.view().text.contains("at equal learning: no verdict on that yet"))
        #expect(names(model) == ["full", "lora-r16", "lora-r8"])
    }

    @Test(
        arguments: [
            ("4e-3", 3, 6), ("0.004", 3, 6), ("lr4e-3", 3, 6), ("s2", 3, 6), ("!s2", 6, 12),
            ("lora", 9, 9), ("r8", 9, 9), ("full-lr1-s1", 1, 1), ("5e-3", 0, 0),
        ] as [(String, Int, Int)])
    func filterFindsRatesAndSeeds(text: String, first: Int, all: Int) {
        var model = model()
        press(["/"] + text.unicodeScalars.map { .character($0) } + [.enter], &model)
        #expect(model.scene.rows.first?.trajectories.count ?? 0 == first)
        #expect(model.scene.shownArms.count == all)
        #expect(model.scene.selectedRow?.name == model.scene.rows.first?.name)
        press([.escape], &model)
        #expect(names(model) == ["full", "lora-r8"] && model.scene.selectedRow != nil)
    }

    // MARK: - A large grid

    private static let large = ScriptedGrid(
        arms: (1...12).map { "arm-\($0)" }, rates: [1e-3, 2e-3, 4e-3], seeds: 3)

    @Test func aHundredTrajectoriesAreTwelveLines() {
        for (rows, columns) in [(24, 80), (40, 120), (60, 200)] {
            var model = Self.large.model(rows: rows, columns: columns)
            #expect(model.scene.rows.count == 12)
            while model.focus != .arms { press([.tab], &model) }
            let text = model.view().text
            let shown = (1...12).count { text.contains("arm-\($0) ") }
            #expect(shown >= (rows == 24 ? 10 : 12), "\(rows)x\(columns)")
            press([.enter], &model)
            #expect(model.view().text.contains("lr1.0e-3 s0"))
        }
    }
}
