import Models
import Testing

@Suite struct PromptTreeTests {
    private func text(_ seed: Int32, _ count: Int) -> [Int32] {
        (0..<Int32(count)).map { seed * 1000 + $0 }
    }

    @Test("what prompts share is a branch if it is a page longer than the one before")
    func branches() {
        let examples = text(1, 100)
        let question = examples + text(2, 40)
        let prompts = [
            text(3, 50), question + [1], examples + text(4, 9), question, question,
            question + [1, 2], examples.prefix(31) + [0], examples + text(2, 31) + [0],
        ]
        let tree = PromptTree(prompts)
        // The samples of one question have all but their last token in common.
        #expect(tree.branches.map(\.length) == [100, 139])
        #expect(tree.branches.map(\.parent) == [nil, 0])
        #expect(tree.branch == [nil, 1, 0, 1, 1, 1, nil, 0])
        for branch in tree.branches {
            #expect(Array(prompts[branch.prompt].prefix(100)) == examples)
        }
        #expect(tree.order.sorted() == Array(prompts.indices))
        let places = [1, 3, 4, 5].compactMap { tree.order.firstIndex(of: $0) }.sorted()
        #expect(places.count == 4 && places[3] - places[0] == 3)
    }

    @Test("prompts that share less than a page have no branches; equal ones keep a token each")
    func small() {
        #expect(PromptTree([]).branches.isEmpty)
        #expect(PromptTree([[1]]).branch == [nil])
        #expect(PromptTree([text(1, 31), text(1, 31)]).branches.isEmpty)
        #expect(PromptTree([text(1, 32), text(1, 32)]).branches.isEmpty)
        #expect(PromptTree([text(1, 33), text(1, 33)]).branches.map(\.length) == [32])
        #expect(PromptTree([text(1, 32), text(1, 90)]).branches.isEmpty)
        #expect(PromptTree([text(1, 33), text(1, 90)]).branches.map(\.length) == [32])
    }
}
