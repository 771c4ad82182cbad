import StudySamples
import TestSupport
import Testing

@testable import Studies

/// Which checkpoints stay on disk.
@Suite struct CheckpointKeepingTests {
    /// What is left after a trajectory was saved at each of these steps.
    private func left(_ saved: [Int], _ settings: [String]) throws -> [Int] {
        let study = try withTemporaryFolder { folder in
            try SmallStudy(in: folder).study(
                ["train.steps=300", "checkpoint.every=100"] + settings)
        }
        return saved.reduce(into: [Int]()) { disk, step in
            disk = (disk + [step]).sorted()
            let dispensable = study.dispensable(disk)
            disk.removeAll { dispensable.contains($0) }
        }
    }

    @Test(
        "the newest stays, and of the others those of the checkpoints' own interval",
        arguments: [
            (1, [10], [10]), (1, [10, 20], [20]), (1, [10, 20, 100], [100]),
            (1, [90, 100, 110], [100, 110]), (2, [90, 100, 110, 200, 210], [100, 200, 210]),
            (1, [100, 200, 210], [200, 210]), (2, [100, 200, 300], [200, 300]),
            (3, [100, 200, 300], [100, 200, 300]),
        ])
    func interval(keep: Int, saved: [Int], expected: [Int]) throws {
        #expect(try left(saved, ["evaluate.every=10", "checkpoint.keep=\(keep)"]) == expected)
    }

    @Test("where slices do not meet the interval, the first after it lasts")
    func uneven() throws {
        let settings = ["evaluate.every=70", "checkpoint.keep=2"]
        #expect(try left([70, 140], settings) == [140])
        #expect(try left([70, 140, 210, 280], settings) == [140, 210, 280])
        #expect(try left([70, 140, 210, 280, 300], settings) == [210, 300])
    }

    @Test("what was saved out of turn counts among those that stay")
    func outOfTurn() throws {
        let settings = ["evaluate.every=10", "checkpoint.keep=2"]
        #expect(try left([100, 113, 120, 130], settings) == [100, 113, 130])
        #expect(try left([100, 113, 120, 200, 210], settings) == [113, 200, 210])
    }

    @Test("early points are only there to go on from")
    func early() throws {
        let settings = ["evaluate.every=100", "evaluate.early=true", "checkpoint.keep=2"]
        #expect(try left([1, 2, 4, 8, 16, 32], settings) == [32])
        #expect(try left([1, 2, 4, 8, 16, 32, 100], settings) == [100])
    }
}
