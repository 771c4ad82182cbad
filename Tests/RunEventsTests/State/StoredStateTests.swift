import Foundation
import RunEvents
import Testing

/// A state comes back from its stored form as it was.
@Suite struct StoredStateTests {
    private func restored<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    }

    private static func seen(
        _ step: Int, _ kind: ObservationKind, _ value: Double, error: Double? = nil,
        count: Int? = nil
    ) -> RunEvent {
        .observed(
            Observation(
                arm: "a", step: step, tokens: step * 3, seconds: Double(step) / 7, kind: kind,
                task: "code", metric: "loss", value: value, error: error, count: count))
    }

    private static let events: [RunEvent] = {
        let identity = RunIdentity(
            run: "r", study: "s", base: "b", domain: "code", targetTasks: ["code"],
            sourceTasks: [], evaluateEvery: 2,
            arms: ["a", "b"].map {
                ArmIdentity(
                    name: $0, method: "full", rank: nil, seed: 0, plannedSteps: 9,
                    learningRate: 1e-3, trainableParameters: 1, totalParameters: 2)
            })
        let rate = CommandRequest(
            id: 4, command: .setLearningRate(5e-4), arm: "a", origin: "keyboard")
        let pause = CommandRequest(id: 5, command: .pause, arm: nil, origin: "keyboard")
        return [
            .started(identity), seen(0, .target, 0.1 + 0.2, error: 0.25, count: 8),
            .armChanged(arm: "a", state: .training, step: 0), seen(1, .train, 1e-300),
            .command(rate, state: .asked, step: 1), .command(rate, state: .applied, step: 1),
            seen(2, .target, -3, count: 8), .command(pause, state: .asked, step: 2),
            .checkpointSaved(arm: "a", step: 2, path: "c", bytes: 9),
            .armChanged(arm: "b", state: .paused, step: 0), .resumed(arms: ["a": 2]),
            .notice(Notice(level: .alert, arm: "a", step: 2, text: "π")),
        ]
    }()

    @Test("after every event")
    func afterEveryEvent() throws {
        var run = RunState()
        for (index, event) in Self.events.enumerated() {
            run.apply(StampedEvent(seconds: Double(index), event: event))
            var copy = try restored(run)
            #expect(copy == run, "after \(event)")
            // What is looked up by name goes on too.
            let next = StampedEvent(seconds: 99, event: Self.seen(3, .train, 2))
            copy.apply(next)
            var other = run
            other.apply(next)
            #expect(copy == other)
        }
    }

    @Test("what items scored is not in it")
    func itemsStayOut() throws {
        let key = MeasureKey(kind: .target, task: "code", metric: "loss")
        let run = RunState(after: [
            StampedEvent(
                seconds: 0, event: .scored(ItemScores(arm: "a", step: 0, key: key, sums: [1])))
        ])
        #expect(run.trajectories[0].scores[key] == [0: [1]])
        #expect(try restored(run).trajectories[0].scores.isEmpty)
    }

    @Test("a thinned curve goes on as if it had not been stored")
    func thinnedCurve() throws {
        var curve = Curve(isBounded: true)
        for step in 0..<30_000 {
            curve.add(CurvePoint(step: step, tokens: 0, seconds: 0, value: Double(step % 11)))
        }
        var copy = try restored(curve)
        #expect(copy == curve)
        for step in 30_000..<40_000 {
            let point = CurvePoint(step: step, tokens: 0, seconds: 0, value: Double(step % 11))
            curve.add(point)
            copy.add(point)
        }
        #expect(copy == curve)
    }

    @Test("values that are no numbers keep their bits")
    func noNumbers() throws {
        var curve = Curve()
        for (step, value) in [Double.nan, .infinity, -.infinity, -0.0].enumerated() {
            curve.add(CurvePoint(step: step, tokens: 0, seconds: 0, value: value))
        }
        let bits = try restored(curve).points.map(\.value.bitPattern)
        #expect(bits == curve.points.map(\.value.bitPattern))
    }

    @Test(
        "what cannot be a curve is refused",
        arguments: [
            #"{"points":"AAAA","shift":0,"isBounded":false}"#,
            #"{"points":"","shift":64,"isBounded":true}"#,
            #"{"points":"","shift":-1,"isBounded":true}"#,
            #"{"points":"","shift":3,"isBounded":false}"#,
            #"{"points":"","items":"AAAAAAAAAAA=","shift":0,"isBounded":false}"#,
            #"{"points":"*","shift":0,"isBounded":false}"#,
        ])
    func impossibleCurves(_ text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Curve.self, from: Data(text.utf8))
        }
    }

    @Test("points that do not ascend, or are too many, are refused")
    func impossiblePoints() throws {
        func text(_ steps: [Int], isBounded: Bool) -> String {
            var words = Data()
            for step in steps {
                for word in [step, 0, 0, 0] {
                    withUnsafeBytes(of: Int64(word).littleEndian) { words.append(contentsOf: $0) }
                }
            }
            let points = words.base64EncodedString()
            return #"{"points":"\#(points)","shift":0,"isBounded":\#(isBounded)}"#
        }
        func read(_ text: String) throws -> Curve {
            try JSONDecoder().decode(Curve.self, from: Data(text.utf8))
        }
        #expect(try read(text([1, 2, 9], isBounded: false)).points.map(\.step) == [1, 2, 9])
        #expect(throws: DecodingError.self) { try read(text([1, 9, 2], isBounded: false)) }
        #expect(throws: DecodingError.self) { try read(text([1, 1], isBounded: false)) }
        let many = Array(0...Curve.limit)
        #expect(throws: DecodingError.self) { try read(text(many, isBounded: true)) }
        #expect(try read(text(many, isBounded: false)).points.count == many.count)
    }
}
