import Datasets
import Testing

@Suite struct PackingTests {
    @Test("rows predict every id once and share one id at their borders")
    func rows() throws {
        let rows = try Packing.rows(["abc", "defg"], sequenceLength: 4, encoder: ByteEncoder())
        let decoded = rows.map { ByteEncoder().decode($0.ids) }
        #expect(decoded == ["abc<|endoftext|>d", "defg<|endoftext|>"])
        let weights = rows.map(\.weights)
        #expect(weights == [[0, 1, 1, 1, 1], [0, 1, 1, 1, 1]])
        #expect(rows.map(\.responseByteCount) == [3, 3])
    }

    @Test("documents are joined directly when there is no end mark; a rest is dropped")
    func withoutEndMark() throws {
        let rows = try Packing.rows(
            ["abc", "de"], sequenceLength: 3, encoder: ByteEncoder(specials: []))
        #expect(rows.map(\.ids) == [[97, 98, 99, 100]])
        #expect(rows.map(\.responseByteCount) == [3])
    }

    @Test("a text shorter than a row is an error")
    func tooShort() {
        #expect(throws: DatasetError.textTooShort(tokens: 4, needed: 5)) {
            try Packing.rows(["abc"], sequenceLength: 4, encoder: ByteEncoder())
        }
    }
}
