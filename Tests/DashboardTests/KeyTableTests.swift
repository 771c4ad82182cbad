import RunEvents
import Testing

@testable import Dashboard

@Suite struct KeyTableTests {
    @Test(arguments: KeyContext.allCases) func bindsNoKeyTwice(_ context: KeyContext) {
        let keys = KeyTable.bindings(in: context).flatMap(\.keys)
        #expect(Set(keys).count == keys.count)
    }

    @Test(arguments: KeyContext.allCases) func helpHoldsEveryBinding(_ context: KeyContext) {
        let help = HelpOverlay.lines.map(\.plain)
        for binding in KeyTable.bindings(in: context) {
            #expect(help.contains { $0.hasPrefix(binding.label) && $0.contains(binding.help) })
        }
    }

    @Test func helpStartsWithTheRule() {
        #expect(HelpOverlay.lines.first?.plain == HelpOverlay.rule)
    }

    @Test func exactlyTheCapitalsTouchTraining() {
        for binding in KeyTable.bindings(in: .main) {
            let isCapital = binding.keys.contains { key in
                guard case .character(let scalar) = key else { return false }
                return ("A"..."Z").contains(scalar)
            }
            #expect(binding.action.touchesTraining == isCapital, "\(binding.label)")
        }
    }

    @Test func capitalsAreInertWhenReadOnly() {
        for capital in ["P", "S", "C", "E", "L"] as [Key] {
            var model = ScriptedRun().model(rows: 24, columns: 80, isReadOnly: true)
            #expect(model.update(.key(capital)).isEmpty)
            #expect(model.view().text.contains("read-only: capitals do nothing here"))
        }
    }

    @Test func barLeavesOutWhatDoesNotWork() {
        let live = KeyTable.bar(in: .main, canTrain: true).map(\.action)
        let ended = KeyTable.bar(in: .main, canTrain: false).map(\.action)
        #expect(live.contains(.pauseOrResume))
        #expect(!ended.contains { $0.touchesTraining })
    }
}
