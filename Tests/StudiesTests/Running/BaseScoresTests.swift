import Foundation
import RunEvents
import StudySamples
import TestSupport
import Testing

@testable import Studies

@Suite struct BaseScoresTests {
    /// Scores in memory.
    private final class MemoryStore: BaseScoreStore {
        var data: Data?
        var uses: [BaseScoreUse] = []
        var writes = 0

        func read() -> Data? { data }
        func write(_ data: Data) {
            self.data = data
            writes += 1
        }
        func tell(_ use: BaseScoreUse) { uses.append(use) }
    }

    private func run(
        _ store: MemoryStore, _ small: SmallStudy, _ settings: [String] = [], in folder: URL
    ) throws -> StudyRecording {
        var prepared = try small.prepared(["train.steps=4"] + settings)
        prepared.baseScores = store
        return try StudyRecording.run(prepared, in: folder)
    }

    @Test("a run with kept scores tells the same numbers, to the bit, without measuring the base")
    func same() throws {
        try withTemporaryFolder { folder in
            let (small, store) = (try SmallStudy(in: folder), MemoryStore())
            let first = try run(store, small, in: folder)
            #expect(store.writes == 1 && store.uses.isEmpty)
            let second = try run(store, small, in: folder)
            #expect(store.writes == 1 && store.uses.count == 1)
            guard case .taken(let seconds)? = store.uses.first else {
                Issue.record("\(store.uses)")
                return
            }
            #expect(second.exactRows == first.exactRows)
            #expect(second.scores == first.scores && second.itemSets == first.itemSets)
            let times = second.observations("full", "evaluation_seconds").map(\.value)
            #expect(times.first == seconds)
            #expect(second.baseProgress == 0 && first.baseProgress > 0)
        }
    }

    @Test("scores of other items, or of no form that is known, are refused and measured again")
    func refused() throws {
        try withTemporaryFolder { folder in
            let (small, store) = (try SmallStudy(in: folder), MemoryStore())
            let first = try run(store, small, in: folder)
            let good = try #require(store.data.map { String(decoding: $0, as: UTF8.self) })
            let negative = good.replacing("\"sums\":[", with: "\"sums\":[-")
            let other = good.replacing("\"schemaVersion\":1", with: "\"schemaVersion\":2")
            let fewer = good.replacing(/"sums":\[[^,\]]*,/, with: "\"sums\":[")
            for text in ["", "{}", negative, other, fewer, String(good.dropLast(9))] {
                store.data = Data(text.utf8)
                let again = try run(store, small, in: folder)
                #expect(again.exactRows == first.exactRows)
                #expect(store.uses.last == .refused)
            }
            _ = try run(store, small, ["evaluate.limit=1"], in: folder)
            #expect(store.uses.last == .refused)
        }
    }
}

extension StudyRecording {
    /// How often the evaluation of the base was told to have come further.
    fileprivate var baseProgress: Int {
        events.count {
            if case .progress(let progress) = $0, progress.arm == nil,
                case .evaluating = progress.phase
            {
                true
            } else {
                false
            }
        }
    }
}
