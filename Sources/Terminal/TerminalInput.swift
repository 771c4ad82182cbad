import CNcurses
package import Dashboard

/// What a wait for the user ended with.
package enum TerminalInput: Sendable, Equatable {
    case key(Key)
    /// The screen has another size, or was lost and has to be drawn again.
    case resize
    /// Nothing happened, or a stop signal is pending.
    case timeout
    /// The terminal is gone for good; the session is closed.
    case hangUp
}

extension Key {
    /// The key for a scalar as terminals send it, where 1 to 31 and 127 are control characters.
    package init?(terminalScalar value: UInt32) {
        switch value {
        case 9: self = .tab
        case 10, 13: self = .enter
        case 8, 127: self = .backspace
        case 27: self = .escape
        case 1...26: self = .control(Unicode.Scalar(UInt8(value) + 96))
        case 0...31: return nil
        default:
            guard let scalar = Unicode.Scalar(value) else { return nil }
            self = .character(scalar)
        }
    }

    /// The key for one of the numbers of `CNcurses` (`KEY_OF_…`).
    package init?(terminalKey value: UInt32) {
        if value > KEY_OF_FUNCTION {
            self = .function(Int(value) - Int(KEY_OF_FUNCTION))
            return
        }
        guard let key = Key.named[Int(value)] else { return nil }
        self = key
    }

    private static let named: [Int: Key] = [
        Int(KEY_OF_ENTER): .enter, Int(KEY_OF_BACKSPACE): .backspace,
        Int(KEY_OF_DELETE): .delete, Int(KEY_OF_BACK_TAB): .backTab,
        Int(KEY_OF_UP): .up, Int(KEY_OF_DOWN): .down,
        Int(KEY_OF_LEFT): .left, Int(KEY_OF_RIGHT): .right,
        Int(KEY_OF_SHIFT_LEFT): .shiftLeft, Int(KEY_OF_SHIFT_RIGHT): .shiftRight,
        Int(KEY_OF_HOME): .home, Int(KEY_OF_END): .end,
        Int(KEY_OF_PAGE_UP): .pageUp, Int(KEY_OF_PAGE_DOWN): .pageDown,
    ]
}
