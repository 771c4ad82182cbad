/// The keys that came with one read of the terminal.
///
/// A person's keys come one by one. Several at once come from a key held down, from a line that holds
/// them up for a moment, or from text that is pasted where the terminal does not mark it. The last is
/// told from the others by its length and by its having more than one character.
struct KeyBurst: Sendable, Equatable {
    /// So many characters at once were not typed.
    static let pasteLength = 8
    /// So many characters at once may have been typed, but not by somebody who meant each.
    static let hastyLength = 3

    let keys: [Key]
    /// The keys that are characters, as the text of which they might be.
    let text: String

    init(_ keys: [Key]) {
        self.keys = keys
        var text = String.UnicodeScalarView()
        for key in keys {
            switch key {
            case .character(let scalar): text.append(scalar)
            case .enter: text.append("\n")
            case .tab: text.append("\t")
            default: break
            }
        }
        self.text = String(text)
    }

    /// Whether any of its keys could be part of a text.
    var hasCharacters: Bool {
        keys != [.control("c")]
            && keys.contains { key in
                switch key {
                case .character, .enter, .tab, .backspace, .escape, .control: true
                default: false
                }
            }
    }

    /// Whether it is text that was pasted.
    var isPaste: Bool { has(Self.pasteLength) }

    /// Whether its keys may look around, but not command anything.
    var isHasty: Bool { has(Self.hastyLength) }

    private func has(_ length: Int) -> Bool {
        let scalars = text.unicodeScalars
        return scalars.count >= length && scalars.contains { $0 != scalars.first }
    }
}

/// Finds pasted text among keys that the terminal did not mark as such.
struct PasteWatch: Sendable, Equatable {
    /// Seconds without a key after which a paste has ended; a long one comes in pieces.
    static let quiet = 0.05

    private var newest = -Double.infinity
    /// Characters of the paste that came last, so far.
    private(set) var length = 0

    /// Whether keys that come now are pasted text, or the rest of one.
    ///
    /// Ctrl-C alone and keys that are no characters never are.
    mutating func claims(_ burst: KeyBurst, now: Double) -> Bool {
        let isLate = now - newest >= Self.quiet
        guard burst.isPaste || (!isLate && burst.hasCharacters) else { return false }
        length = (isLate ? 0 : length) + burst.text.unicodeScalars.count
        newest = now
        return true
    }
}
