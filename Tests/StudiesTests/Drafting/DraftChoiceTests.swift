import Studies
import Testing

/// Lengths, batches and steps of a drafted study.
@Suite struct DraftChoiceTests {
    @Test(
        "98 of 100 records stay whole, or all where that is hardly longer",
        arguments: [
            (Array(repeating: 40, count: 98) + [500, 900], 48),
            (Array(repeating: 40, count: 97) + [70, 500, 900], 80),
            (Array(repeating: 100, count: 99) + [125], 128),
            (Array(repeating: 100, count: 99) + [126], 112),
            ([1], 16), ([16], 16), ([17], 32), ([3000], 256), ([250], 256),
        ])
    func length(lengths: [Int], expected: Int) {
        #expect(LengthChoice.length(of: lengths, context: 256) == expected)
    }

    @Test(
        "text is cut in a power of two of which there are 64 rows, at most 512 and the context",
        arguments: [
            (1_000_000, 8192, 512), (1_000_000, 300, 300), (20_000, 8192, 256),
            (5000, 8192, 64), (10, 8192, 16), (10, 8, 8),
        ])
    func text(tokens: Int, context: Int, expected: Int) {
        #expect(LengthChoice.length(ofText: tokens, context: context) == expected)
    }

    @Test("three passes over the data, in batches that leave enough steps")
    func steps() {
        let small = DraftSteps(examples: 1000, parameters: 1_000_000, mostSequences: 16)
        #expect((small.batchSize, small.steps) == (16, 188))
        #expect(!small.isShortened && small.passes >= 3)
        let few = DraftSteps(examples: 100, parameters: 1_000_000, mostSequences: 16)
        #expect((few.batchSize, few.steps) == (4, 75))
        let cramped = DraftSteps(examples: 100, parameters: 1_000_000, mostSequences: 1)
        #expect((cramped.batchSize, cramped.steps) == (1, 300))
    }

    @Test("the number of steps is bounded, and says so")
    func bounded() {
        let many = DraftSteps(examples: 100_000, parameters: 1_000_000, mostSequences: 16)
        #expect(many.steps == 300 && many.isShortened)
        let large = DraftSteps(examples: 100_000, parameters: 135_000_000, mostSequences: 16)
        #expect((large.batchSize, large.steps) == (4, 80))
        let one = DraftSteps(examples: 1, parameters: 1000, mostSequences: 16)
        #expect((one.batchSize, one.steps) == (4, 20))
        #expect(!one.isShortened && one.every <= one.steps && one.warmup <= one.steps)
    }
}
