import Dashboard
import Testing

@testable import Terminal

/// What the bytes of terminals are: keys, pasted text, or nothing.
@Suite struct InputDecoderTests {
    private typealias Item = InputDecoder.Item

    private static func decoder(
        isUTF8: Bool = true, described: [String: String] = [:]
    ) -> InputDecoder {
        InputDecoder(KeySequences { described[$0] }, isUTF8: isUTF8)
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    // MARK: - Keys

    static let keys: [(String, Key)] = [
        ("a", "a"), ("é", "é"), ("😀", "😀"), ("\r", .enter), ("\u{3}", .control("c")),
        ("\u{7F}", .backspace), ("\t", .tab),
        ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}OC", .right),
        ("\u{1B}[D", .left), ("\u{1B}[1;2D", .shiftLeft), ("\u{1B}[1;2C", .shiftRight),
        ("\u{1B}[H", .home), ("\u{1B}OH", .home), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home),
        ("\u{1B}[F", .end), ("\u{1B}[4~", .end), ("\u{1B}[8~", .end), ("\u{1B}[3~", .delete),
        ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[Z", .backTab),
        ("\u{1B}OM", .enter), ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)),
        ("\u{1B}[[A", .function(1)), ("\u{1B}[[E", .function(5)), ("\u{1B}[15~", .function(5)),
        ("\u{1B}[24~", .function(12)),
    ]

    @Test(arguments: keys) func keyIsRead(text: String, key: Key) {
        var decoder = Self.decoder()
        #expect(decoder.take(Self.bytes(text)) == [.key(key)])
        #expect(decoder.patience == nil)
    }

    @Test func descriptionOfTheTerminalComesFirst() {
        var decoder = Self.decoder(described: [
            "kcuu1": "\u{1B}[q1", "kf1": "\u{1B}[M", "kcbt": "\u{1B}\t", "khome": "\u{1E}",
        ])
        #expect(decoder.take(Self.bytes("\u{1B}[M")) == [.key(.function(1))])
        #expect(decoder.take(Self.bytes("\u{1B}\t")) == [.key(.backTab)])
        #expect(decoder.take(Self.bytes("\u{1B}[A")) == [.key(.up)])
    }

    @Test func escapeAloneIsAKeyAfterAMoment() {
        var decoder = Self.decoder()
        #expect(decoder.take([0x1B]).isEmpty)
        #expect(decoder.patience == .milliseconds(25))
        #expect(decoder.expire() == [.key(.escape)])
        #expect(decoder.patience == nil)
        #expect(decoder.take(Self.bytes("q")) == [.key("q")])
    }

    @Test func escapesInARowAreKeys() {
        var decoder = Self.decoder()
        #expect(decoder.take([0x1B, 0x1B, 0x1B]) == [.key(.escape), .key(.escape)])
        #expect(decoder.expire() == [.key(.escape)])
        #expect(decoder.take(Self.bytes("\u{1B}\u{1B}[A")) == [.key(.escape), .key(.up)])
    }

    @Test func charactersOfOtherLocalesAreRead() {
        var decoder = Self.decoder(isUTF8: false)
        #expect(decoder.take([0xE9, 0x50]) == [.key("é"), .key("P")])
        #expect(decoder.take([0x9B, 0x85]).isEmpty)
    }

    @Test func brokenCharactersAreNothing() {
        var decoder = Self.decoder()
        #expect(decoder.take([0xC3, 0x28]) == [.key("(")])
        #expect(decoder.take([0x80, 0xFF, 0xC0, 0xED, 0xA0, 0x80, 0xF4, 0xBF, 0xBF, 0xBF]).isEmpty)
        #expect(decoder.take([0xE2, 0x82]).isEmpty)
        #expect(decoder.take([0xAC]) == [.key("€")])
    }

    // MARK: - Nothing

    static let nothings: [(String, [UInt8])] = [
        ("X10 mouse", [0x1B, 0x5B, 0x4D, 0x20, 0x50, 0x53]),
        ("X10 mouse, far right", [0x1B, 0x5B, 0x4D, 0x20, 0xF0, 0xA0]),
        ("SGR mouse press", bytes("\u{1B}[<0;33;21M")),
        ("SGR mouse release", bytes("\u{1B}[<0;33;21m")),
        ("urxvt mouse", bytes("\u{1B}[32;33;21M")),
        ("focus in", bytes("\u{1B}[I")), ("focus out", bytes("\u{1B}[O")),
        ("cursor position", bytes("\u{1B}[12;80R")),
        ("device attributes", bytes("\u{1B}[?64;1;2;6;22c")),
        ("mode report", bytes("\u{1B}[?2026;2$y")),
        ("kitty key P", bytes("\u{1B}[80;2u")), ("modified key P", bytes("\u{1B}[27;6;80~")),
        ("control left", bytes("\u{1B}[1;5D")), ("F13", bytes("\u{1B}[25~")),
        ("F5 of no table", bytes("\u{1B}[[P")), ("keypad", bytes("\u{1B}Op")),
        ("SS3 with parameter", bytes("\u{1B}O2P")),
        ("colour report", bytes("\u{1B}]11;rgb:0000/0000/0000\u{1B}\\")),
        ("colour report, old end", bytes("\u{1B}]11;rgb:ffff/ffff/ffff\u{7}")),
        ("version", bytes("\u{1B}P>|XTerm(379)\u{1B}\\")),
        ("application text", bytes("\u{1B}_Gi=31;OK\u{1B}\\")),
        ("private message", bytes("\u{1B}^PSq\u{1B}\\")), ("string", bytes("\u{1B}XPSq\u{1B}\\")),
        ("end of no paste", bytes("\u{1B}[201~")),
        ("a very long sequence", bytes("\u{1B}[" + String(repeating: "1;", count: 500) + "P")),
    ]

    @Test(arguments: nothings) func sequenceIsSwallowedWhole(name: String, bytes: [UInt8]) {
        var decoder = Self.decoder()
        #expect(decoder.take(bytes + Self.bytes("q")) == [.key("q")])
    }

    @Test(arguments: nothings) func sequenceIsSwallowedHoweverItIsCut(name: String, bytes: [UInt8])
    {
        for cut in 1..<bytes.count {
            var decoder = Self.decoder()
            #expect(decoder.take(bytes.prefix(cut)).isEmpty, "cut after \(cut)")
            #expect(decoder.patience != nil)
            #expect(decoder.take(bytes.dropFirst(cut)).isEmpty, "cut after \(cut)")
            #expect(decoder.take(Self.bytes("q")) == [.key("q")], "cut after \(cut)")
        }
    }

    @Test(arguments: nothings) func halfASequenceIsNothing(name: String, bytes: [UInt8]) {
        for cut in 3..<bytes.count {
            var decoder = Self.decoder()
            #expect(decoder.take(bytes.prefix(cut)).isEmpty)
            #expect(decoder.expire().isEmpty)
            #expect(decoder.take(Self.bytes("q")) == [.key("q")])
        }
    }

    @Test(arguments: ["P", "S", "q", "k", "y", "C", "O", "[", "]"])
    func altChordIsOnlyEsc(letter: String) {
        var decoder = Self.decoder()
        let items = decoder.take(Self.bytes("\u{1B}" + letter)) + decoder.expire()
        #expect(items == [.key(.escape)])
        #expect(decoder.take(Self.bytes("q")) == [.key("q")])
    }

    @Test func controlCBreaksEverythingOff() {
        for start in ["\u{1B}", "\u{1B}[", "\u{1B}[12;", "\u{1B}O", "\u{1B}]0;x", "\u{1B}[M "] {
            var decoder = Self.decoder()
            let items = decoder.take(Self.bytes(start + "\u{3}"))
            #expect(items.last == .key(.control("c")), "\(start.debugDescription)")
            #expect(decoder.patience == nil)
        }
    }

    // MARK: - Pasted text

    private static let marked = bytes("\u{1B}[200~quick\rbrown \u{1B}[Afox\u{1B}[201~")

    @Test func markedTextIsText() {
        var decoder = Self.decoder()
        #expect(decoder.take(Self.marked) == [.paste("quick\rbrown \u{1B}[Afox")])
        #expect(decoder.take(Self.bytes("q")) == [.key("q")])
    }

    @Test func markedTextIsTextHoweverItIsCut() {
        for cut in 1..<Self.marked.count {
            var decoder = Self.decoder()
            let items =
                decoder.take(Self.marked.prefix(cut)) + decoder.take(Self.marked.dropFirst(cut))
            #expect(items == [.paste("quick\rbrown \u{1B}[Afox")], "cut after \(cut)")
        }
    }

    @Test func endThatThePastePretendsEndsNothing() {
        var decoder = Self.decoder()
        let items = decoder.take(Self.bytes("\u{1B}[200~a\u{1B}[201~qk\rPS\u{1B}[201~"))
        #expect(items == [.paste("a")])
        #expect(decoder.take(Self.bytes("q")) == [.key("q")])
    }

    @Test func keysBeforeAPasteAreKeys() {
        var decoder = Self.decoder()
        let items = decoder.take(Self.bytes("L\u{1B}[200~1e-3\u{1B}[201~"))
        #expect(items == [.key("L"), .paste("1e-3")])
    }

    @Test func pasteWithoutEndIsToldAndEndedByControlC() {
        var decoder = Self.decoder()
        #expect(decoder.take(Self.bytes("\u{1B}[200~half")).isEmpty)
        #expect(decoder.patience == .seconds(1))
        #expect(decoder.expire() == [.pasteWithoutEnd])
        #expect(decoder.patience == nil)
        #expect(decoder.take(Self.bytes("q")).isEmpty)
        #expect(decoder.take([3]).isEmpty, "right behind other text it is text")
        #expect(decoder.expire() == [.pasteWithoutEnd])
        #expect(decoder.take([3]).isEmpty)
        #expect(decoder.take(Self.bytes("q")) == [.key("q")])
    }

    @Test func hugePasteIsCutAndStillEnds() {
        var decoder = Self.decoder()
        let text = String(repeating: "0123456789abcdef", count: 10_000)
        let items = decoder.take(Self.bytes("\u{1B}[200~" + text + "\u{1B}[201~"))
        guard case .paste(let kept)? = items.first else {
            Issue.record("no paste")
            return
        }
        #expect(items.count == 1 && kept.count == PastedText.limit && text.hasPrefix(kept))
        #expect(decoder.take(Self.bytes("q")) == [.key("q")])
    }

    // MARK: - Noise

    @Test func noBytesEverTrapOrLeakEndlessly() {
        var generator = SplitMix(state: 7)
        for _ in 0..<300 {
            var decoder = Self.decoder(isUTF8: generator.next().isMultiple(of: 2))
            for _ in 0..<20 {
                let bytes = (0..<Int(generator.next() % 40)).map { _ in
                    let value = UInt8(truncatingIfNeeded: generator.next())
                    return value.isMultiple(of: 5) ? 0x1B : value
                }
                #expect(decoder.take(bytes).count <= bytes.count)
                if decoder.patience != nil { _ = decoder.expire() }
            }
        }
    }

    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
