import Datasets
import Testing

@Suite struct TrainingBatchTests {
    @Test("sequences are laid end to end and shifted by one")
    func layout() throws {
        let first = try TokenizedExample(
            Record(instruction: "Q", output: "A"), template: .plain, mask: .response,
            encoder: ByteEncoder())
        let second = TokenizedExample(text: [1, 2, 3], byteCount: 0)
        let batch = TrainingBatch([first, second])
        let count = first.ids.count - 1
        #expect(batch.offsets == [0, count, count + 2])
        #expect(batch.tokenCount == count + 2)
        #expect(batch.tokens == Array(first.ids.dropLast()) + [1, 2])
        #expect(batch.targets == Array(first.ids.dropFirst()) + [2, 3])
        #expect(batch.weights.suffix(4) == [1, 1, 1, 1])
        #expect(batch.weights.reduce(0, +) == 4)
    }
}
