import RunEvents
import Testing

@testable import Dashboard

/// The arms can be sorted and filtered, and the selection stays with its arm.
@Suite struct ArmOrderTests {
    private let names = ["lora-r16", "full", "lora-r8"]

    private func model() -> DashboardModel {
        ScriptedRun(armNames: names).model(rows: 24, columns: 80)
    }

    private func press(_ keys: [Key], _ model: inout DashboardModel) {
        for key in keys { _ = model.update(.key(key)) }
    }

    private func listed(_ model: DashboardModel) -> [String] { model.scene.rows.map(\.name) }

    @Test func sortsByNameMeasuresAndSpeed() {
        var model = model()
        #expect(listed(model) == names)
        press(["s"], &model)
        #expect(listed(model) == ["full", "lora-r8", "lora-r16"])
        #expect(model.view().text.contains("arms by name"))
        press(["s"], &model)
        // The first arm of the script learns most and forgets most; the last is the fastest.
        #expect(listed(model) == ["lora-r16", "full", "lora-r8"])
        #expect(model.view().text.contains("code loss↓"))
        press(["s"], &model)
        #expect(listed(model) == ["lora-r8", "full", "lora-r16"])
        #expect(model.view().text.contains("forget↓"))
        // There is no verdict: as in the study.
        press(["s"], &model)
        #expect(listed(model) == names)
        press(["s"], &model)
        #expect(listed(model) == ["lora-r8", "full", "lora-r16"])
        press(["s"], &model)
        #expect(listed(model) == names)
    }

    @Test func higherIsBetterWhereTheMetricSaysSo() {
        var model = model()
        press(["m", "m", "s", "s"], &model)
        #expect(model.scene.learn.choice.metric == "exact_match")
        let values = model.scene.rows.map {
            $0.first.series(of: model.scene.learn.choice)?.latest?.value ?? 0
        }
        #expect(values == values.sorted(by: >))
    }

    @Test func armsWithoutTheNumberComeLast() {
        var model = model()
        let extra = Observation(
            arm: "a", step: 1, tokens: 1, seconds: 1, kind: .target, task: "code", metric: "loss",
            value: .nan)
        _ = model.update(.event(StampedEvent(seconds: 131, event: .observed(extra))))
        press(["s", "s"], &model)
        #expect(listed(model).last == "a")
    }

    @Test func selectionMovesAsTheArmsAreListed() {
        var model = model()
        press(["s", .down], &model)
        // From lora-r16, which was selected and is last by name.
        #expect(model.scene.selection.selected?.name == "lora-r16")
        press([.up], &model)
        #expect(model.scene.selection.selected?.name == "lora-r8")
    }

    @Test(
        arguments: [
            ("lora", ["probe", "lora-r8"]), ("!LoRA", ["full"]), ("R8", ["lora-r8"]),
            ("full", ["full"]), ("!", ["full", "probe", "lora-r8"]), ("x", []),
        ] as [(String, [String])])
    func filterLooksAtNameAndMethod(text: String, expected: [String]) {
        // The method of the script's first arm is full fine-tuning, that of the others LoRA.
        let names = ["full", "probe", "lora-r8"]
        var model = ScriptedRun(armNames: names).model(rows: 24, columns: 80)
        press(["/"] + text.unicodeScalars.map { .character($0) }, &model)
        #expect(listed(model) == expected)
        press([.enter], &model)
        #expect(listed(model) == expected)
        #expect(model.scene.selection.selected?.name == expected.first)
        if expected.isEmpty {
            #expect(model.view().text.contains("no arm's name or method fits /x"))
        }
        press([.escape], &model)
        #expect(listed(model) == names)
    }

    @Test func filterIsShownAndEscapeLeavesTheField() {
        var model = model()
        press(["/", "r", "8"], &model)
        #expect(model.view().text.contains("/r8_  1 of 3 arms"))
        press([.backspace, .left, .tab, .enter], &model)
        #expect(model.view().text.contains("arm /r "))
        press(["/", .escape], &model)
        #expect(listed(model) == names && model.context == .main)
    }

    @Test func keysInTheFieldAreText() {
        var model = model()
        press(["/"], &model)
        for key in ["q", "P", "S", "k", "?"] as [Key] {
            #expect(model.update(.key(key)).isEmpty)
        }
        #expect(model.context == .filterPrompt)
        #expect(model.scene.selection.filter.text == "qPSk?")
    }

    @Test("a text that is pasted into the field filters as it does when it is typed")
    func pastesFilter() {
        var model = model()
        press(["/"], &model)
        #expect(model.update(.paste("lora-r8\u{1B}")).isEmpty)
        #expect(model.scene.selection.filter.text == "lora-r8")
        #expect(listed(model) == ["lora-r8"])
    }

    @Test func filteredArmsLeaveTheCharts() {
        var model = model()
        press(["/", "r", "8", .enter], &model)
        #expect(model.scene.shownArms.map(\.name) == ["lora-r8"])
    }

    @Test func escapeRemovesTheCursorBeforeTheFilter() {
        var model = model()
        press(["/", "l", .enter, .home, .escape], &model)
        #expect(model.scene.viewport.cursor == nil)
        #expect(model.scene.selection.filter.text == "l")
        press([.escape], &model)
        #expect(model.scene.selection.filter.text.isEmpty)
    }
}
