import Dashboard
import Testing

@testable import Terminal

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

    @Test("values that are no key", arguments: [0, 28, 31, 0x85, 0xD800, 0x110000] as [UInt32])
    func refusesOthers(value: UInt32) {
        #expect(Key(terminalScalar: value) == nil)
    }

    @Test("keys in a row come together, text apart")
    func groupsItems() {
        let items: [InputDecoder.Item] = [
            .key("a"), .key(.up), .paste("x"), .paste("y"), .key("b"), .pasteWithoutEnd,
        ]
        #expect(
            TerminalInput.inputs(items) == [
                .keys(["a", .up]), .paste("x"), .paste("y"), .keys(["b"]), .pasteWithoutEnd,
            ])
        #expect(TerminalInput.inputs([]).isEmpty)
    }
}
