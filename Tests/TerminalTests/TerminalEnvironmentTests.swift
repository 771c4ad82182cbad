import Dashboard
import Terminal
import Testing

@Suite struct TerminalEnvironmentTests {
    @Test("an empty TERM or NO_COLOR counts as not set")
    func emptyVariables() {
        let environment = TerminalEnvironment(["TERM": "", "NO_COLOR": ""])
        #expect(environment.type == nil)
        #expect(!environment.refusesColor)
        #expect(TerminalEnvironment(["NO_COLOR": "0"]).refusesColor)
    }

    @Test(
        "glyphs follow the locale, and the console's fonts",
        arguments: [
            ("xterm", true, .braille), ("linux", true, .block), ("xterm", false, .ascii),
            ("linux", false, .ascii),
        ] as [(String, Bool, ScreenCapabilities.Glyphs)])
    func glyphs(type: String, isUTF8: Bool, expected: ScreenCapabilities.Glyphs) {
        let environment = TerminalEnvironment(["TERM": type])
        #expect(environment.capabilities(isUTF8: isUTF8, colorCount: 8).glyphs == expected)
    }

    @Test(
        "colour needs 8 colours and no NO_COLOR",
        arguments: [("", 8, true), ("", 256, true), ("", 2, false), ("1", 256, false)])
    func color(noColor: String, colorCount: Int, expected: Bool) {
        let environment = TerminalEnvironment(["TERM": "xterm", "NO_COLOR": noColor])
        let capabilities = environment.capabilities(isUTF8: true, colorCount: colorCount)
        #expect(capabilities.hasColor == expected)
    }
}
