/// Writes a ``JSONValue`` with two spaces of indentation and the members of objects in order of
/// their keys' bytes, as Foundation's encoder writes sorted keys.
struct JSONWriter {
    private var text: [UInt8] = []

    static func write(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.write(value, indentation: 0)
        return writer.text
    }

    private mutating func write(_ value: JSONValue, indentation: Int) {
        switch value {
        case .null: text += "null".utf8
        case .bool(let value): text += "\(value)".utf8
        case .integer(let value): text += "\(value)".utf8
        case .number(let value): text += "\(value)".utf8
        case .string(let string): write(string)
        case .array(let values):
            list("[", "]", values, indentation) { $0.write($1, indentation: indentation + 2) }
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            list("{", "}", sorted, indentation) { writer, member in
                writer.write(member.key)
                writer.text += " : ".utf8
                writer.write(member.value, indentation: indentation + 2)
            }
        }
    }

    private mutating func list<Item>(
        _ opening: String, _ closing: String, _ items: [Item], _ indentation: Int,
        _ write: (inout JSONWriter, Item) -> Void
    ) {
        text += opening.utf8
        for (index, item) in items.enumerated() {
            text += (index == 0 ? "\n" : ",\n").utf8
            text += repeatElement(UInt8(ascii: " "), count: indentation + 2)
            write(&self, item)
        }
        text += "\n".utf8
        text += repeatElement(UInt8(ascii: " "), count: indentation)
        text += closing.utf8
    }

    private mutating func write(_ string: String) {
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
            case 0x0A: text += #"\n"#.utf8
            case 0x0D: text += #"\r"#.utf8
            case 0x09: text += #"\t"#.utf8
            case 0..<0x20:
                text += (byte < 0x10 ? #"\u000"# : #"\u00"#).utf8
                text += String(byte, radix: 16).utf8
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
