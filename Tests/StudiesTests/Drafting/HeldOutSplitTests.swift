import Studies
import Testing

@Suite struct HeldOutSplitTests {
    @Test(
        "a tenth is held out, one at least and 200 at most, and the rest is trained on",
        arguments: [(2, 1), (9, 1), (10, 1), (19, 1), (20, 2), (1000, 100), (5000, 200)])
    func size(rows: Int, expected: Int) throws {
        let split = try #require(HeldOutSplit((0..<rows).map { "\($0)" }))
        #expect(split.heldOut.count == expected)
        #expect((split.training + split.heldOut).sorted() == Array(0..<rows))
        #expect(split.training == split.training.sorted())
        #expect(split.heldOut == split.heldOut.sorted())
    }

    @Test("rows of one key are never on both sides, however many there are of each")
    func duplicates() throws {
        let keys = (0..<400).map { "\($0 * $0 % 37)" }
        let split = try #require(HeldOutSplit(keys))
        let (trained, held) = (
            Set(split.training.map { keys[$0] }), Set(split.heldOut.map { keys[$0] })
        )
        #expect(trained.isDisjoint(with: held))
        #expect(!held.isEmpty && split.heldOut.count <= 40)
        #expect((split.training + split.heldOut).sorted() == Array(keys.indices))
    }

    @Test("where every key has many rows, those of the smallest are held out")
    func largeGroups() throws {
        let keys = Array(repeating: "a", count: 50) + Array(repeating: "b", count: 30)
        let split = try #require(HeldOutSplit(keys))
        #expect(split.heldOut == Array(50..<80))
    }

    @Test("the same rows are parted in the same way, and are not just the last ones")
    func seeded() throws {
        let keys = (0..<300).map { "\($0)" }
        let split = try #require(HeldOutSplit(keys))
        #expect(split == HeldOutSplit(keys))
        #expect(split.heldOut != Array(270..<300) && split.heldOut != Array(0..<30))
    }

    @Test("rows that are all one cannot be parted", arguments: [[], ["a"], ["a", "a", "a"]])
    func nothingToPart(keys: [String]) {
        #expect(HeldOutSplit(keys) == nil)
    }
}
