import RunEvents
import RunStore
import TestSupport
import Testing

@Suite struct RunTableTests {
    @Test("an observation is one row with the arm's identity")
    func anObservationIsOneRow() {
        var table = RunTable(after: RunState(after: SampleRun.everyEvent.prefix(1)))
        let seen = SampleRun.score("lora-r8", 3, .target, "loss", 1.5, task: "code")
        let rows = table.rows(for: StampedEvent(seconds: 9, event: .observed(seen)))
        #expect(
            rows.map { $0.line() } == [
                "2,code-1,lora-r8,lora,8,18446744073709551615,3,192,0.75,target,code,loss,1.5,,"
                    + "0.01,,"
            ])
    }

    @Test("trajectories have their arm's name, and differ in seed and learning rate")
    func trajectoriesHaveTheirArmsName() {
        var identity = SampleRun.identity
        identity.arms = [(0.001, "full-lr1e-3-s4"), (0.002, "full-lr2e-3-s4")].map { rate, name in
            ArmIdentity(
                name: name, method: "full", rank: nil, seed: 4, plannedSteps: 4,
                learningRate: rate, trainableParameters: 1, totalParameters: 1, studyArm: "full")
        }
        var table = RunTable(
            after: RunState(after: [StampedEvent(seconds: 0, event: .started(identity))]))
        let rows = identity.arms.flatMap { arm in
            let seen = SampleRun.score(arm.name, 1, .source, "forgetting", 0.5)
            return table.rows(for: StampedEvent(seconds: 9, event: .observed(seen)))
                + table.rows(
                    for: StampedEvent(
                        seconds: 9, event: .armChanged(arm: arm.name, state: .paused, step: 1)))
        }
        #expect(
            rows.map { $0.line() } == [
                "2,code-1,full,full,,4,1,64,0.25,source,,forgetting,0.5,,0.001,,",
                "2,code-1,full,full,,4,1,64,0.25,event,,state,,paused,0.001,,",
                "2,code-1,full,full,,4,1,64,0.25,source,,forgetting,0.5,,0.002,,",
                "2,code-1,full,full,,4,1,64,0.25,event,,state,,paused,0.002,,",
            ])
        #expect(
            rows.map { $0.line(in: .first) } == [
                "1,code-1,full-lr1e-3-s4,full,,4,1,64,0.25,source,,forgetting,0.5,",
                "1,code-1,full-lr1e-3-s4,full,,4,1,64,0.25,event,,state,,paused",
                "1,code-1,full-lr2e-3-s4,full,,4,1,64,0.25,source,,forgetting,0.5,",
                "1,code-1,full-lr2e-3-s4,full,,4,1,64,0.25,event,,state,,paused",
            ])
    }

    @Test(
        "standard error and items are numbers, and stand in the note of the first schema",
        arguments: [
            (0.012345, 200, "0.012345,200", "n=200 stderr=0.0123"),
            (Double.nan, 3, "nan,3", "n=3 stderr=nan"),
            (nil, 1, ",1", "n=1 stderr=nan"), (nil, nil, ",", ""),
        ] as [(Double?, Int?, String, String)])
    func errorsAreNumbers(error: Double?, count: Int?, columns: String, note: String) {
        var seen = SampleRun.score("full", 3, .target, "exact_match", 0.5, task: "code")
        (seen.error, seen.count) = (error, count)
        var table = RunTable(after: RunState(after: SampleRun.everyEvent.prefix(1)))
        let rows = table.rows(for: StampedEvent(seconds: 9, event: .observed(seen)))
        #expect(
            rows.map { $0.line() }.first?.hasSuffix(",exact_match,0.5,,0.001," + columns) == true)
        #expect(rows.map { $0.line(in: .first) }.first?.hasSuffix(",0.5," + note) == true)
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

    @Test("every row reads back with the fields of the header", arguments: TableSchema.allCases)
    func everyRowReadsBack(schema: TableSchema) {
        var table = RunTable()
        let rows = SampleRun.everyEvent.flatMap { table.rows(for: $0) }
        let records = csvRecords(rows.map { $0.line(in: schema) + "\n" }.joined())
        #expect(records.count == rows.count)
        #expect(records.allSatisfy { $0.count == csvRecords(schema.header + "\n")[0].count })
        #expect(records.allSatisfy { $0[0] == String(schema.rawValue) })
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
