import Testing
import Tokenizers

@Suite struct TextStreamTests {
    @Test("characters come out whole, whatever the pieces", arguments: 1...5)
    func wholeCharacters(size: Int) {
        let text = "añ→😀e\u{301}\n"
        let bytes = Array(text.utf8)
        var stream = TextStream()
        var pieces: [String] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            pieces.append(stream.append(bytes[start..<min(bytes.count, start + size)]))
        }
        #expect(pieces.allSatisfy { !$0.unicodeScalars.contains("\u{FFFD}") })
        #expect(pieces.joined() == text)
        #expect(stream.finish().isEmpty)
    }

    @Test("bytes that are no character are replaced, and do not hold others back")
    func damage() {
        var stream = TextStream()
        #expect(stream.append([0x80, 0x41]) == "\u{FFFD}A")
        #expect(stream.append([0xE2, 0x86]).isEmpty)
        #expect(stream.append([0x41]) == "\u{FFFD}A")
        #expect(stream.append([0xF0, 0x9F]).isEmpty)
        #expect(stream.finish() == "\u{FFFD}")
        #expect(stream.finish().isEmpty)
    }
}
