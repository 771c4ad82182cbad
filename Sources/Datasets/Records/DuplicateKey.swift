import Foundation

/// A key that an object of a JSON text has twice, so that a reader would take one value and drop the
/// other.
struct DuplicateKey: Equatable {
    /// The element of the outermost array that it is in, from 0; 0 where there is none.
    let element: Int
    let key: String

    /// The first of each element of `json`, which must be valid.
    static func all(in json: Data) -> [DuplicateKey] {
        var scanner = Scanner(bytes: Array(json))
        scanner.scan()
        return scanner.found
    }

    private struct Scanner {
        let bytes: [UInt8]
        var found: [DuplicateKey] = []
        /// The keys of each open object; nil for an array.
        private var open: [Set<[UInt8]>?] = []
        private var element = 0
        private var expectsKey = false
        private var position = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func scan() {
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                switch byte {
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    expectsKey = byte == UInt8(ascii: "{")
                    open.append(expectsKey ? [] : nil)
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    _ = open.popLast()
                    expectsKey = false
                case UInt8(ascii: ","): passComma()
                case UInt8(ascii: "\""): readString()
                default: break
                }
            }
        }

        private mutating func passComma() {
            guard let innermost = open.last else { return }
            expectsKey = innermost != nil
            if open.count == 1, innermost == nil { element += 1 }
        }

        private mutating func readString() {
            let start = position
            while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
                position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
            }
            let end = min(position, bytes.count)
            position = end + 1
            guard expectsKey, !open.isEmpty else { return }
            expectsKey = false
            let key = Self.unescaped(Array(bytes[start..<end]))
            if open[open.count - 1]?.insert(key).inserted == false, found.last?.element != element {
                found.append(
                    DuplicateKey(element: element, key: String(decoding: key, as: UTF8.self)))
            }
        }

        private static func unescaped(_ key: [UInt8]) -> [UInt8] {
            guard key.contains(UInt8(ascii: "\\")) else { return key }
            let quoted = Data([UInt8(ascii: "\"")] + key + [UInt8(ascii: "\"")])
            return (try? JSONDecoder().decode(String.self, from: quoted)).map { Array($0.utf8) }
                ?? key
        }
    }
}
