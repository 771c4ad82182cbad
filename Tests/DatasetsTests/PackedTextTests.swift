import Datasets
import Testing

@Suite struct PackedTextTests {
    @Test("rows predict every id once and share one id at their borders")
    func rows() throws {
        let packed = try PackedText(["abc", "defg"], sequenceLength: 4, encoder: ByteEncoder())
        #expect(packed.leftOverCount == 0)
        let rows = packed.rows
        let decoded = rows.map { ByteEncoder().decode($0.ids) }
        #expect(decoded == ["abc<|endoftext|>d", "defg<|endoftext|>"])
        let weights = rows.map(\.weights)
        #expect(weights == [[0, 1, 1, 1, 1], [0, 1, 1, 1, 1]])
        #expect(rows.map(\.responseByteCount) == [3, 3])
    }

    @Test("documents are joined directly when there is no end mark; a rest is counted")
    func withoutEndMark() throws {
        let packed = try PackedText(
            ["abc", "de"], sequenceLength: 3, encoder: ByteEncoder(specials: []))
        #expect(packed.leftOverCount == 1)
        let rows = packed.rows
        #expect(rows.map(\.ids) == [[97, 98, 99, 100]])
        #expect(rows.map(\.responseByteCount) == [3])
    }

    @Test("each document begins with what the tokenizer puts before every text, once")
    func prefix() throws {
        let encoder = ByteEncoder(prefix: [300])
        let rows = try PackedText(["abc", "de"], sequenceLength: 4, encoder: encoder).rows
        #expect(rows.map(\.ids) == [[300, 97, 98, 99, 256], [256, 300, 100, 101, 256]])
        #expect(rows.map(\.responseByteCount) == [3, 2])
    }

    @Test("a text shorter than a row is an error")
    func tooShort() {
        #expect(throws: DatasetError.textTooShort(tokens: 4, needed: 5)) {
            try PackedText(["abc"], sequenceLength: 4, encoder: ByteEncoder())
        }
    }
}
