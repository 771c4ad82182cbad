import Testing

@testable import Evaluation

@Suite struct ItemHashTests {
    @Test(
        "FNV-1a has the published values",
        arguments: [
            ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C),
            ("foobar", 0x8594_4171_F739_67E8),
        ] as [(String, UInt64)])
    func published(text: String, hash: UInt64) {
        #expect(ItemHash.fnv1a(text.utf8) == hash)
    }

    @Test("where a text is divided into parts makes a difference")
    func parts() {
        let hashes = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"]].map(ItemHash.of)
        #expect(Set(hashes).count == hashes.count)
    }

    @Test("half of similar texts are even, also where their bytes have the same lowest bits")
    func halves() {
        let texts = (0..<2000).map { "item number \($0 % 10)\($0 / 10)\($0 % 10)\($0 / 10)" }
        let even = texts.count { ItemHash.of([$0]).isMultiple(of: 2) }
        #expect((900...1100).contains(even), "\(even)")
    }

    @Test("the hash of a text never changes, for halves of items are chosen by it")
    func stable() {
        #expect(ItemHash.of(["The cat sat."]) == 0x7925_5072_2810_1F8A)
    }
}
