import CNcurses
import Dashboard
import Terminal
import Testing

@Suite struct TerminalInputTests {
    @Test(
        "scalars as terminals send them",
        arguments: [
            (1, .control("a")), (3, .control("c")), (8, .backspace), (9, .tab), (10, .enter),
            (12, .control("l")), (13, .enter), (26, .control("z")), (27, .escape),
            (32, .character(" ")), (65, .character("A")), (126, .character("~")),
            (127, .backspace), (0xE9, .character("é")), (0x1F600, .character("😀")),
        ] as [(UInt32, Key)])
    func decodesScalars(value: UInt32, key: Key) {
        #expect(Key(terminalScalar: value) == key)
    }

    @Test("values that are no key", arguments: [0, 28, 31, 0xD800, 0x110000] as [UInt32])
    func refusesOthers(value: UInt32) {
        #expect(Key(terminalScalar: value) == nil)
    }

    @Test("every named key is a different key")
    func decodesNamedKeys() {
        let keys = (1...UInt32(KEY_OF_PAGE_DOWN)).compactMap(Key.init(terminalKey:))
        #expect(keys.count == Int(KEY_OF_PAGE_DOWN))
        #expect(Set(keys).count == keys.count)
        #expect(Key(terminalKey: UInt32(KEY_OF_FUNCTION) + 12) == .function(12))
        #expect(Key(terminalKey: 0) == nil)
        #expect(Key(terminalKey: UInt32(KEY_OF_FUNCTION)) == nil)
    }
}
