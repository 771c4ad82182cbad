import Dashboard

/// Turns the bytes that a terminal sends into keys and pasted text.
///
/// What is neither is swallowed whole, however it is cut into reads: reports of the mouse and of the
/// focus, answers that nobody asked for, keys without a name here, the character of an Alt chord. So
/// nothing of it is taken for keys. The grammar is that of ECMA-48, with the mouse reports of X10
/// (`ESC [ M` and three bytes) and the function keys of the console of Linux (`ESC [ [ A`).
struct InputDecoder {
    /// What the bytes stand for.
    enum Item: Sendable, Equatable {
        case key(Key)
        /// Text that the terminal has put between the marks of a paste.
        case paste(String)
        /// A paste has begun, and neither more of it nor its end comes; Ctrl-C alone ends it.
        case pasteWithoutEnd
    }

    private enum State: Equatable {
        case ground
        /// Within a character: its bytes so far and how many are missing.
        case character([UInt8], missing: Int)
        case escape
        /// After an escape character and one that begins a sequence, or an Alt chord with it.
        case introduction(UInt8)
        /// Within a control sequence, or a key of the keypad: the bytes after the escape character.
        case sequence([UInt8])
        case mouseReport(missing: Int)
        /// Within a text from the terminal; `isEnding` after an escape character.
        case message(isEnding: Bool)
        case paste
        /// The rest of a read after the end of a paste, which a paste can pretend.
        case pasted
    }

    private let sequences: KeySequences
    private let isUTF8: Bool
    private var state = State.ground
    private var paste = PastedText()

    /// - Parameters:
    ///   - sequences: What keys send.
    ///   - isUTF8: Whether characters come as UTF-8, else as ISO 8859-1.
    init(_ sequences: KeySequences, isUTF8: Bool) {
        self.sequences = sequences
        self.isUTF8 = isUTF8
    }

    /// Takes what came with one read.
    mutating func take(_ bytes: some Collection<UInt8>) -> [Item] {
        if paste.isLeftOpen, Array(bytes) == [Self.controlC] {
            paste = PastedText()
            state = .ground
            return []
        }
        paste.isLeftOpen = false
        let items = bytes.flatMap { take($0) }
        if state == .pasted { state = .ground }
        return items
    }

    /// How long what has come may wait for the rest; nil if nothing waits.
    var patience: Duration? {
        switch state {
        case .ground, .character, .pasted: nil
        case .escape, .introduction: .milliseconds(25)
        case .sequence, .mouseReport, .message: .milliseconds(500)
        case .paste: paste.isLeftOpen ? nil : .seconds(1)
        }
    }

    /// Gives up waiting: an escape character alone is the key Esc, as is an Alt chord, half a sequence
    /// is nothing.
    mutating func expire() -> [Item] {
        switch state {
        case .escape, .introduction:
            state = .ground
            return [.key(.escape)]
        case .paste:
            paste.isLeftOpen = true
            return [.pasteWithoutEnd]
        case .sequence, .mouseReport, .message: state = .ground
        case .ground, .character, .pasted: break
        }
        return []
    }

    private static let escape: UInt8 = 0x1B
    private static let controlC: UInt8 = 0x03

    private mutating func take(_ byte: UInt8) -> [Item] {
        switch state {
        case .ground: return begin(byte)
        case .character(let bytes, let missing): return extend(bytes, missing, by: byte)
        case .escape: return follow(byte)
        case .introduction(let first): return go(on: first, with: byte)
        case .sequence(let bytes): return extend(bytes, by: byte)
        case .mouseReport(let missing): return skip(byte, missing: missing)
        case .message(let isEnding): return read(byte, isEnding: isEnding)
        case .paste: return collect(byte)
        case .pasted: return byte == Self.controlC ? begin(byte) : []
        }
    }
}

// MARK: - Characters

extension InputDecoder {
    private mutating func begin(_ byte: UInt8) -> [Item] {
        state = .ground
        switch byte {
        case Self.escape: state = .escape
        case ..<0x80: return key(UInt32(byte))
        case 0xA0... where !isUTF8: return key(UInt32(byte))
        case 0xC2...0xDF where isUTF8: state = .character([byte], missing: 1)
        case 0xE0...0xEF where isUTF8: state = .character([byte], missing: 2)
        case 0xF0...0xF4 where isUTF8: state = .character([byte], missing: 3)
        default: break
        }
        return []
    }

    private mutating func extend(_ bytes: [UInt8], _ missing: Int, by byte: UInt8) -> [Item] {
        guard byte & 0xC0 == 0x80 else { return begin(byte) }
        if missing > 1 {
            state = .character(bytes + [byte], missing: missing - 1)
            return []
        }
        state = .ground
        let text = String(validating: bytes + [byte], as: UTF8.self)
        return text?.unicodeScalars.first.map { key($0.value) } ?? []
    }

    private func key(_ scalar: UInt32) -> [Item] {
        Key(terminalScalar: scalar).map { [.key($0)] } ?? []
    }
}

// MARK: - Sequences

extension InputDecoder {
    /// The byte after an escape character.
    ///
    /// Esc and a key typed at once look like an Alt chord: Esc counts, the other does not.
    private mutating func follow(_ byte: UInt8) -> [Item] {
        switch byte {
        case _ where Self.introducers.contains(byte): state = .introduction(byte)
        case Self.escape: return [.key(.escape)]
        case Self.controlC, 0x80...: return [.key(.escape)] + begin(byte)
        default:
            state = .ground
            return [.key(sequences[[byte]] ?? .escape)]
        }
        return []
    }

    /// What begins a control sequence, a key of the keypad, and the kinds of texts.
    private static let introducers = Set("[O]PX^_".utf8)

    private mutating func go(on first: UInt8, with byte: UInt8) -> [Item] {
        if first == UInt8(ascii: "[") || first == UInt8(ascii: "O") {
            return extend([first], by: byte)
        }
        state = .message(isEnding: false)
        return read(byte, isEnding: false)
    }

    private mutating func extend(_ bytes: [UInt8], by byte: UInt8) -> [Item] {
        guard byte >= 0x20, byte < 0x80 else { return begin(byte) }
        let sequence = bytes + [byte]
        let isComplete = byte >= 0x40 && byte < 0x7F && sequence != Array("[[".utf8)
        guard isComplete else {
            state = .sequence(sequence.count < 64 ? sequence : bytes)
            return []
        }
        state = .ground
        if let key = sequences[sequence] { return [.key(key)] }
        if sequence == Array("[M".utf8) { state = .mouseReport(missing: 3) }
        if sequence == Array("[200~".utf8) { state = .paste }
        return []
    }

    private mutating func skip(_ byte: UInt8, missing: Int) -> [Item] {
        guard byte >= 0x20 else { return begin(byte) }
        state = missing > 1 ? .mouseReport(missing: missing - 1) : .ground
        return []
    }

    /// A text ends with `ESC \`, or with BEL; other control characters break it off.
    private mutating func read(_ byte: UInt8, isEnding: Bool) -> [Item] {
        switch byte {
        case UInt8(ascii: "\\") where isEnding, 0x07, 0x18, 0x1A: state = .ground
        case Self.controlC: return begin(byte)
        case Self.escape: state = .message(isEnding: true)
        case _ where isEnding:
            state = .escape
            return follow(byte)
        default: break
        }
        return []
    }

    private mutating func collect(_ byte: UInt8) -> [Item] {
        guard let text = paste.take(byte) else { return [] }
        paste = PastedText()
        state = .pasted
        return [.paste(text)]
    }
}
