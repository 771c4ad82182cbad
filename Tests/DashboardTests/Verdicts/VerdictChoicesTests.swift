import RunEvents
import Testing
import Verdicts

@testable import Dashboard

/// The level, the axes and the budget of the verdict, from the keyboard.
@Suite struct VerdictChoicesTests {
    private func press(_ keys: [Key], _ model: inout DashboardModel) {
        for key in keys {
            _ = model.update(.key(key))
            model.judge()
        }
    }

    private func verdictView(rows: Int = 40, columns: Int = 120) -> DashboardModel {
        var model = ScriptedGrid().model(rows: rows, columns: columns)
        press(["v", "v", "v"], &model)
        return model
    }

    @Test("arrows read at levels, from the one that all come to, and Esc and = go back to all")
    func level() throws {
        for back in [Key.escape, "="] {
            var model = verdictView()
            #expect(model.view().text.contains("forgetting at equal code loss"))
            press([.left], &model)
            let verdict = try #require(model.verdicts.reading.verdict)
            let first = try #require(verdict.level)
            #expect(first == verdict.cost?.learned)
            let text = model.view().text
            #expect(text.contains("forgetting at code loss \(NumberText.value(first))"))
            #expect(text.contains("At code loss"))
            press([.left], &model)
            let second = try #require(model.verdicts.reading.verdict?.level)
            #expect(second > first, "nearer to the base")
            press([.right], &model)
            #expect(model.verdicts.reading.verdict?.level == first)
            press([.home], &model)
            let nearest = try #require(model.verdicts.reading.verdict?.level)
            press([.shiftRight, .end, .right], &model)
            #expect(try #require(model.verdicts.reading.verdict?.level) < nearest)
            press([back], &model)
            #expect(model.question.level == nil)
            #expect(model.view().text.contains("forgetting at equal code loss"))
        }
    }

    @Test("elsewhere the arrows move the charts' cursor")
    func arrowsElsewhere() {
        var model = ScriptedGrid().model(rows: 40, columns: 120)
        press([.left], &model)
        #expect(model.question.level == nil)
        #expect(model.curves.viewport.cursor != nil)
        press([.escape, .tab, .tab, .tab, .left], &model)
        #expect(model.focus == .verdict && model.question.level != nil)
        #expect(model.curves.viewport.cursor == nil)
    }

    @Test("m and y go through the numbers that are weighed, and the title names them")
    func axes() throws {
        var model = verdictView()
        press([.left, "m"], &model)
        #expect(model.question.axes.learn == "exact_match" && model.question.level == nil)
        #expect(model.view().text.contains("forgetting at equal code exact match"))
        press(["y"], &model)
        #expect(model.question.axes.forget == "retained_accuracy")
        #expect(model.view().text.contains("retained accuracy at equal code exact match"))
        let verdict = try #require(model.verdicts.reading.verdict)
        #expect(verdict.forgotten.unit == .points)
        press(["v", "v"], &model)
        #expect(model.view().text.contains("retained accuracy lost"))
        press(["v", "v", "m", "y"], &model)
        #expect(model.question == VerdictQuestion(axes: VerdictAxes(task: "code")))
        #expect(model.view().text.contains("forgetting at equal code loss"))
    }

    @Test("what is not recorded cannot be weighed")
    func noOtherAxes() {
        var model = ScriptedRun(armNames: ["full", "lora"]).model(rows: 40, columns: 120)
        let known = RunIdentity(
            run: "r", study: "s", base: "b", domain: "code", targetTasks: [], sourceTasks: [],
            evaluateEvery: 1, arms: [])
        #expect(VerdictAxes.learnable(in: known).map(\.learn) == ["loss", "bits_per_byte"])
        press(["v", "v", "v", "m"], &model)
        #expect(model.question.axes.learn == "bits_per_byte")
    }

    @Test("a budget is shown in the chart and the verdict, and commands nothing")
    func budget() throws {
        var model = ScriptedGrid().model(rows: 40, columns: 120)
        _ = model.update(.key("b"))
        #expect(model.view().text.contains("does not act on training"))
        for key in ["0", ".", "1"] as [Key] { _ = model.update(.key(key)) }
        let effects = model.update(.key(.enter))
        #expect(effects.isEmpty)
        model.judge()
        #expect(model.question.budget == 0.1)
        let text = model.view().text
        #expect(text.contains("budget 0.1 (only shown)"))
        #expect(text.contains("Within 0.1 nats of forgetting"))
        let best = try #require(model.verdicts.reading.verdict?.budget?.arms.first?.best)
        press(["v", "v", "v"], &model)
        let view = model.view().text
        #expect(view.contains("\(best.trajectory) at step \(best.step) has"))
        press(["b", .enter], &model)
        #expect(model.question.budget == nil)
        #expect(!model.view().text.contains("Within"))
    }

    @Test("what is no budget is told, and Esc leaves the budget as it is")
    func noBudget() {
        var model = ScriptedGrid().model(rows: 40, columns: 120)
        press(["b", "0", .enter], &model)
        #expect(model.view().text.contains("not a positive number: 0"))
        press([.escape], &model)
        #expect(model.question.budget == nil && model.overlay == nil)
    }

    @Test("points of accuracy have a budget of their own")
    func points() {
        var model = verdictView()
        press(["y", "b", "5", .enter], &model)
        #expect(model.question.budget == 0.05)
        #expect(model.view().text.contains("Within 5 points of forgetting"))
        press(["y"], &model)
        #expect(model.question.budget == nil)
        press(["y"], &model)
        #expect(model.question.budget == 0.05)
    }

    @Test("the study's budget is a line of its own, and is read until another one is typed")
    func budgetOfTheStudy() {
        var model = ScriptedGrid(budget: 0.2).model(rows: 40, columns: 120)
        #expect(model.view().text.contains("budget 0.2 (study)"))
        #expect(model.verdicts.reading.verdict?.budget?.budget == 0.2)
        press(["b", ".", "3", .enter], &model)
        #expect(model.verdicts.reading.verdict?.budget?.budget == 0.3)
        let text = model.view().text
        #expect(text.contains("budget 0.2 (study)"))
        #expect(text.contains("budget 0.3 (only shown)"))
        press(["b", .enter], &model)
        #expect(model.verdicts.reading.verdict?.budget?.budget == 0.2)
    }

    @Test("what each arm needed to the level stands beside the verdict")
    func cost() throws {
        var model = verdictView(rows: 60, columns: 200)
        let cost = try #require(model.verdicts.reading.verdict?.cost)
        #expect(model.view().text.contains("cost to code loss \(NumberText.value(cost.learned))"))
        #expect(model.view().text.contains("40.0MB") && model.view().text.contains("12.0MB"))
        press([.left, .left, .left], &model)
        let level = try #require(model.verdicts.reading.verdict?.level)
        #expect(model.view().text.contains("cost to code loss \(NumberText.value(level))"))
    }

    @Test("runs of different studies, or measured otherwise, are not judged together")
    func differentRuns() {
        var states = [RunState(), RunState()]
        for (index, study) in ["grid", "other"].enumerated() {
            var identity = ScriptedGrid().identity
            identity.study = study
            states[index].apply(StampedEvent(seconds: 0, event: .started(identity)))
        }
        #expect(
            VerdictReading(states, VerdictQuestion())
                == .impossible(
                    "no verdict over these runs: run 2 is of the study other, run 1 of grid"))
        var identity = ScriptedGrid().identity
        #expect(RunDifferences.keepingApart([states[0], states[0]]) == nil)
        identity.base = "large"
        states[1] = RunState()
        states[1].apply(StampedEvent(seconds: 0, event: .started(identity)))
        #expect(RunDifferences.keepingApart(states)?.contains("base large, not tiny") == true)
    }

    @Test("a new question is asked at once, and the title says so until it is answered")
    func requests() {
        var model = verdictView()
        _ = model.update(.key(.left))
        #expect(model.view().text.contains("being made anew"))
        let asked = model.update(.tick(seconds: 1))
        #expect(asked.count == 1)
        let again = model.update(.tick(seconds: 2))
        #expect(again.isEmpty)
        _ = model.update(.verdict(.impossible("of a test")))
        let after = model.update(.tick(seconds: 3))
        #expect(after.isEmpty, "the same question has the same answer")
    }
}
