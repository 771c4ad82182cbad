package import Foundation

/// The keys of a file that holds one JSON object.
package struct JSONObjectFile {
    /// The keys of the outermost object.
    package let values: [String: FileValue]
    /// The file as it is written.
    let text: Data

    /// The longest file that is read; those of real models have a few kilobytes.
    static let longest = 2 << 20

    /// Reads a file.
    ///
    /// - Throws: `ModelFolderError.unreadableConfiguration` if it cannot be read, is no JSON object, or
    ///   has a key twice, of which every reader may take another.
    package init(_ file: URL) throws(ModelFolderError) {
        do {
            let data = try Data(mapping: file)
            guard data.count <= Self.longest else {
                throw ModelFolderError.unreadableConfiguration(
                    path: file.path, reason: "it is over \(Self.longest >> 20) MiB long")
            }
            text = Data([UInt8](data))
            values = try JSONDecoder().decode([String: FileValue].self, from: data)
            if let key = RepeatedKeys.first(in: data, decoded: values.count) {
                throw ModelFolderError.unreadableConfiguration(
                    path: file.path, reason: "\(key) occurs twice; remove one")
            }
        } catch let error as ModelFolderError {
            throw error
        } catch WeightFileError.unreadable(_, let reason) {
            throw .unreadableConfiguration(path: file.path, reason: reason)
        } catch {
            throw .unreadableConfiguration(path: file.path, reason: "not a JSON object")
        }
    }
}

extension JSONObjectFile {
    /// The keys of an object under a key of the outermost one, as often as they are there and in the
    /// file's order, which decoders lose.
    package func keys(of name: String) -> [String] {
        var scanner = KeyScanner(depth: 2)
        var (keys, isWithin): ([String], Bool) = ([], false)
        for (index, byte) in text.enumerated() {
            guard let range = scanner.take(byte, at: index) else { continue }
            let literal = "\"" + String(decoding: text[range], as: UTF8.self) + "\""
            let key = try? JSONDecoder().decode(String.self, from: Data(literal.utf8))
            if scanner.depth == 1 {
                isWithin = key == name
            } else if isWithin, let key {
                keys.append(key)
            }
        }
        return keys
    }
}

/// Finds keys that the outermost object of a JSON text has more than once, which decoders hide.
enum RepeatedKeys {
    /// The first key that occurs again; nil if none does.
    ///
    /// - Parameters:
    ///   - json: A text that is known to be JSON.
    ///   - count: How many keys were decoded, fewer if one is written in two ways.
    /// - Returns: The key as it is written.
    static func first(in json: Data, decoded count: Int) -> String? {
        var scanner = KeyScanner()
        return json.withUnsafeBytes { bytes in
            for (index, byte) in bytes.enumerated() {
                guard let range = scanner.take(byte, at: index) else { continue }
                let key = String(decoding: bytes[range], as: UTF8.self)
                if !scanner.seen.insert(key).inserted { return key }
            }
            return scanner.seen.count > count ? "a key with escapes" : nil
        }
    }
}

/// Changes values of the outermost object of a JSON text; all else stays as it is written.
enum JSONEdit {
    /// The text with another truth value or string under a key, or with the key where it was missing.
    ///
    /// - Parameters:
    ///   - key: A key of a truth value, a string or null.
    ///   - literal: The new value as JSON.
    ///   - json: A text that is known to be a JSON object, and not an empty one.
    /// - Returns: The text; unchanged where the value is of another kind.
    static func setting(_ key: String, to literal: String, in json: Data) -> Data {
        var scanner = KeyScanner()
        let bytes = [UInt8](json)
        for (index, byte) in bytes.enumerated() {
            guard let range = scanner.take(byte, at: index), bytes[range].elementsEqual(key.utf8)
            else { continue }
            guard let value = scalar(in: bytes, from: index + 1) else { return json }
            return Data(
                bytes[..<value.lowerBound] + Array(literal.utf8) + bytes[value.upperBound...])
        }
        guard let brace = bytes.firstIndex(of: UInt8(ascii: "{")) else { return json }
        let entry = Array("\n  \"\(key)\": \(literal),".utf8)
        return Data(bytes[...brace] + entry + bytes[(brace + 1)...])
    }

    /// Where the value behind a colon is, if it is neither object nor array.
    private static func scalar(in bytes: [UInt8], from colon: Int) -> Range<Int>? {
        let blanks = Array(" \n\r\t".utf8)
        guard let start = bytes[colon...].firstIndex(where: { !blanks.contains($0) }),
            ![UInt8(ascii: "{"), UInt8(ascii: "[")].contains(bytes[start])
        else { return nil }
        let ends = bytes[start] == UInt8(ascii: "\"") ? Array("\"".utf8) : blanks + Array(",}".utf8)
        guard let end = bytes[(start + 1)...].firstIndex(where: ends.contains) else { return nil }
        return start..<(ends.count == 1 ? end + 1 : end)
    }
}

/// Follows a JSON text byte by byte.
private struct KeyScanner {
    var seen: Set<String> = []
    /// How many objects and lists are open.
    private(set) var depth = 0
    private let deepest: Int
    private var textStart: Int?
    private var isEscaped = false
    private var lastText: Range<Int>?

    /// - Parameter depth: How deep keys are looked for; those of the outermost object are at 1.
    init(depth: Int = 1) { deepest = depth }

    /// The place of a key that is not too deep, when its colon is met.
    mutating func take(_ byte: UInt8, at index: Int) -> Range<Int>? {
        if let start = textStart {
            takeInText(byte, from: start, at: index)
            return nil
        }
        switch byte {
        case UInt8(ascii: "\""): textStart = index + 1
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: ":") where depth <= deepest: return lastText
        default: break
        }
        return nil
    }

    private mutating func takeInText(_ byte: UInt8, from start: Int, at index: Int) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            lastText = start..<index
            textStart = nil
        }
    }
}
