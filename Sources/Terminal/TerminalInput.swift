package import Dashboard

/// What a wait for the user ended with.
package enum TerminalInput: Sendable, Equatable {
    /// Keys that came together; a person's keys come one by one.
    case keys([Key])
    /// Text that the terminal says was pasted.
    case paste(String)
    /// A paste does not end; Ctrl-C ends it.
    case pasteWithoutEnd
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
        case 0...31, 128...159: return nil
        default:
            guard let scalar = Unicode.Scalar(value) else { return nil }
            self = .character(scalar)
        }
    }
}

extension TerminalInput {
    /// What the items of one read are for whoever waits: keys in a row come together.
    static func inputs(_ items: [InputDecoder.Item]) -> [TerminalInput] {
        items.reduce(into: []) { inputs, item in
            switch item {
            case .paste(let text): inputs.append(.paste(text))
            case .pasteWithoutEnd: inputs.append(.pasteWithoutEnd)
            case .key(let key):
                if case .keys(let keys)? = inputs.last {
                    inputs[inputs.count - 1] = .keys(keys + [key])
                } else {
                    inputs.append(.keys([key]))
                }
            }
        }
    }
}
