import RunEvents
import RunStore
import TestSupport
import Testing

@Suite struct RunTableTests {
    @Test("an observation is one row with the arm's identity")
    func anObservationIsOneRow() {
        var table = RunTable(after: SampleRun.everyEvent.prefix(1))
        let seen = SampleRun.score("lora-r8", 3, .target, "loss", 1.5, task: "code")
        let rows = table.rows(for: StampedEvent(seconds: 9, event: .observed(seen)))
        #expect(
            rows.map(\.line) == [
                "1,code-1,lora-r8,lora,8,18446744073709551615,3,192,0.75,target,code,loss,1.5,"
            ])
    }

    @Test("events make the rows of the contract and no others")
    func eventsMakeTheRowsOfTheContract() {
        var table = RunTable()
        let rows = SampleRun.everyEvent.flatMap { table.rows(for: $0) }.filter { $0.kind == .event }
        #expect(
            rows.map { "\($0.arm) \($0.metric): \($0.note)" } == [
                "full state: paused", "full state: resumed", "full state: stopped",
                "full command: #1 learning_rate=1e-05 asked by keyboard",
                "full command: #1 learning_rate=1e-05 applied, asked by keyboard",
                "full command: #1 learning_rate=1e-05 refused, asked by keyboard: "
                    + "arm \"full\" is over, nothing to do",
                "full checkpoint: checkpoints/full/step-1",
                " notice: alert: two\nlines, \"quoted\" — π",
            ])
        #expect(rows.allSatisfy { $0.value == nil })
        #expect(rows.dropLast().allSatisfy { $0.tokens == 64 && $0.seconds == 0.25 })
        #expect(rows.last?.seconds == 7)
    }

    @Test("evaluating a paused arm does not end its pause")
    func evaluatingAPausedArm() {
        var table = RunTable()
        let states: [ArmState] = [.training, .paused, .evaluating, .paused, .waiting, .training]
        let rows = states.flatMap { state in
            table.rows(
                for: StampedEvent(
                    seconds: 0, event: .armChanged(arm: "full", state: state, step: 1)))
        }
        #expect(rows.map(\.note) == ["paused", "resumed"])
    }

    @Test("every row reads back with the fields of the header")
    func everyRowReadsBack() {
        var table = RunTable()
        let rows = SampleRun.everyEvent.flatMap { table.rows(for: $0) }
        let records = csvRecords(rows.map { $0.line + "\n" }.joined())
        #expect(records.count == rows.count)
        #expect(records.allSatisfy { $0.count == csvRecords(TableRow.header + "\n")[0].count })
        #expect(records.map { $0[13] } == rows.map(\.note))
        #expect(records.map { $0[2] } == rows.map(\.arm))
    }

    @Test(
        "numbers are short and read back exactly",
        arguments: [
            (0.1, "0.1"), (0.1 + 0.2, "0.30000000000000004"), (.leastNonzeroMagnitude, "5e-324"),
            (-0.0, "-0.0"),
            (1e22, "1e+22"), (.nan, "nan"), (-Double.nan, "nan"), (.infinity, "inf"),
            (-.infinity, "-inf"),
        ])
    func numbersAreShort(number: Double, text: String) {
        #expect(TableRow.text(number) == text)
        if !number.isNaN { #expect(Double(text) == number) }
    }
}
