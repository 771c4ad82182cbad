import RunEvents
import Testing

@testable import Dashboard

/// A command on an arm acts on all of its trajectories, and says so; on a trajectory on that one.
@Suite struct ArmCommandsTests {
    /// Two arms of nine trajectories, of which the three of the last seed go on.
    private func model() -> DashboardModel {
        ScriptedGrid(lastStep: 40).model(rows: 40, columns: 120)
    }

    /// Nothing has ended.
    private func fresh() -> DashboardModel {
        var model = DashboardModel(
            rows: 40, columns: 120, capabilities: .init(glyphs: .braille, hasColor: true))
        _ = model.update(
            .event(StampedEvent(seconds: 0, event: .started(ScriptedGrid().identity))))
        return model
    }

    private func press(_ keys: [Key], _ model: inout DashboardModel) -> [DashboardEffect] {
        keys.flatMap { key in
            _ = model.update(.tick(seconds: model.now + 0.2))
            return model.update(.key(key)).filter {
                if case .judge = $0 { false } else { true }
            }
        }
    }

    private func answer(
        _ command: RunCommand, _ arm: String, _ state: CommandState, _ model: inout DashboardModel
    ) {
        let request = CommandRequest(id: 1, command: command, arm: arm, origin: "keyboard")
        let event = RunEvent.command(request, state: state, step: 40)
        _ = model.update(.event(StampedEvent(seconds: 101, event: event)))
    }

    @Test func theQuestionSaysHowManyItEnds() {
        var model = fresh()
        #expect(press(["S"], &model).isEmpty)
        #expect(model.view().text.contains("Stop full: all 9 trajectories?"))
        #expect(model.view().text.contains("each is evaluated, saved, and trains no further"))
        #expect(press(["y"], &model) == [.command(.stop, arm: "full")])
        #expect(model.view().text.contains("asked: stop of full: all 9 trajectories"))
    }

    @Test func itCountsThoseThatGoOn() {
        var model = model()
        _ = press(["S"], &model)
        #expect(model.view().text.contains("Stop full: the 3 of 9 trajectories that go on?"))
    }

    @Test func onATrajectoryItIsAboutThatOne() {
        var model = fresh()
        _ = press([.enter, .down, "S"], &model)
        #expect(model.view().text.contains("Stop full-lr0-s0? This cannot be undone"))
        #expect(press(["y"], &model) == [.command(.stop, arm: "full-lr0-s0")])
    }

    @Test(arguments: [("P", RunCommand.pause), ("C", .checkpoint), ("E", .evaluate)])
    func commandsWithoutAQuestionSayWhomTheyReach(key: String, command: RunCommand) {
        var model = fresh()
        let scalar = key.unicodeScalars.first ?? " "
        #expect(press([.character(scalar)], &model) == [.command(command, arm: "full")])
        #expect(
            model.view().text.contains("asked: \(command.phrase) of full: all 9 trajectories"))
        #expect(model.history.trajectories(of: "full").allSatisfy { $0.command?.state == .asked })
        #expect(model.history.trajectories(of: "lora-r8").allSatisfy { $0.command == nil })
        answer(command, "full", .asked, &model)
        let line = model.history.log.last
        #expect(line?.arm == "full")
        #expect(line?.text.contains("of all its trajectories that go on") == true)
    }

    @Test func answersComeFromTheTrajectories() {
        var model = fresh()
        _ = press(["P"], &model)
        #expect(model.view().text.contains("pausing 9/9"))
        #expect(press(["P"], &model).isEmpty, "asked already")
        #expect(press([.enter, .down, "P"], &model).isEmpty, "asked of its arm")
        for arm in model.history.trajectories(of: "full").map(\.name) {
            answer(.pause, arm, .applied, &model)
            let paused = RunEvent.armChanged(arm: arm, state: .paused, step: 40)
            _ = model.update(.event(StampedEvent(seconds: 101, event: paused)))
        }
        #expect(model.view().text.contains("paused 9/9"))
        #expect(press([.up, "P"], &model) == [.command(.resume, arm: "full")])
    }

    @Test func anArmOfWhichAPartIsPausedIsPaused() {
        var model = fresh()
        let paused = RunEvent.armChanged(arm: "full-lr0-s0", state: .paused, step: 0)
        _ = model.update(.event(StampedEvent(seconds: 1, event: paused)))
        #expect(press(["P"], &model) == [.command(.pause, arm: "full")])
    }

    @Test func anArmThatIsToStopTakesNoMoreCommandsForItsTrajectories() {
        var model = fresh()
        _ = press(["S", "y", .enter, .down], &model)
        for capital in ["P", "S", "C", "E", "L"] as [Key] {
            #expect(press([capital], &model).isEmpty)
            #expect(model.view().text.contains("stop of full-lr0-s0 is asked already"))
        }
    }

    @Test func anArmOfWhichAllHaveEndedTakesNone() {
        var model = ScriptedGrid().model(rows: 40, columns: 120)
        #expect(press(["P"], &model).isEmpty)
        #expect(model.view().text.contains("every trajectory of full has ended"))
    }

    @Test("an arm that got its further seeds later has a trajectory of its name")
    func aTrajectoryOfTheArmsName() {
        var identity = ScriptedGrid(rates: [1e-3], seeds: 2).identity
        identity.arms[0].name = "full"
        var model = DashboardModel(
            rows: 40, columns: 120, capabilities: .init(glyphs: .braille, hasColor: true))
        _ = model.update(.event(StampedEvent(seconds: 0, event: .started(identity))))
        let sent = press(["C"], &model)
        #expect(
            sent == [
                .command(.checkpoint, arm: "full"), .command(.checkpoint, arm: "full-lr0-s1"),
            ])
        #expect(model.view().text.contains("checkpoint of full: all 2 trajectories"))
        #expect(press([.enter, .down, "E"], &model) == [.command(.evaluate, arm: "full")])
        let text = model.view().text
        #expect(text.contains("asked: evaluation of full") && !text.contains("of full: all"))
    }

    @Test func theRateOfAllIsAskedAgainWhereItIsHighForAny() {
        var model = fresh()
        _ = press(["L"], &model)
        #expect(model.view().text.contains("rate of full: all 9 trajectories"))
        #expect(model.view().text.contains("now 1.0e-3, 2.0e-3, 4.0e-3"))
        // Ten times the lowest of them is 1e-2.
        let text: [Key] = ["2", "e", "-", "2", .enter]
        #expect(press(text, &model).isEmpty)
        #expect(model.view().text.contains("more than ten times as much"))
        #expect(press(["y"], &model) == [.command(.setLearningRate(2e-2), arm: "full")])
    }

    @Test func killTellsWhatEveryArmLoses() {
        var model = model()
        _ = press(["q", "k"], &model)
        #expect(model.view().text.contains("full 720, lora-r8 720"))
    }
}
