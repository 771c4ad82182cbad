package import Foundation

/// The keys of a file that holds one JSON object.
package struct JSONObjectFile {
    /// The keys of the outermost object.
    package let values: [String: FileValue]

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

/// Follows a JSON text byte by byte.
private struct KeyScanner {
    var seen: Set<String> = []
    private var depth = 0
    private var textStart: Int?
    private var isEscaped = false
    private var lastText: Range<Int>?

    /// The place of a key of the outermost object, when its colon is met.
    mutating func take(_ byte: UInt8, at index: Int) -> Range<Int>? {
        if let start = textStart {
            takeInText(byte, from: start, at: index)
            return nil
        }
        switch byte {
        case UInt8(ascii: "\""): textStart = index + 1
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        case UInt8(ascii: ":") where depth == 1: return lastText
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
