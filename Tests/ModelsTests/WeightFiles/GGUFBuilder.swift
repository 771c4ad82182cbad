import Foundation

/// Builds GGUF files for tests, sound or damaged.
struct GGUFBuilder {
    var magic: UInt32 = 0x4655_4747
    var version: UInt32 = 3
    var entries: [(key: String, type: UInt32, value: [UInt8])] = []
    var tensors: [(name: String, sizes: [UInt64], type: UInt32, bytes: [UInt8])] = []
    /// Replaces the offset of a tensor.
    var offsets: [String: UInt64] = [:]
    /// Replaces the numbers of tensors and of metadata entries.
    var tensorCount: UInt64?
    var entryCount: UInt64?

    mutating func add(_ key: String, _ value: String) {
        entries.append((key, 8, Self.string(value)))
    }

    mutating func add(_ key: String, _ value: UInt32) {
        entries.append((key, 4, Self.bytes(value)))
    }

    mutating func add(_ key: String, float value: Float) {
        entries.append((key, 6, Self.bytes(value.bitPattern)))
    }

    mutating func add(_ key: String, strings: [String]) {
        let value = Self.bytes(UInt32(8)) + Self.bytes(UInt64(strings.count))
        entries.append((key, 9, value + strings.flatMap(Self.string)))
    }

    /// Adds a tensor with its sizes innermost first, as they stand in the file.
    mutating func add(_ name: String, sizes: [UInt64], type: UInt32, bytes: [UInt8]) {
        tensors.append((name, sizes, type, bytes))
    }

    mutating func add(_ name: String, sizes: [UInt64], floats: [Float]) {
        add(name, sizes: sizes, type: 0, bytes: floats.flatMap { Self.bytes($0.bitPattern) })
    }

    var data: Data {
        var header = Self.bytes(magic) + Self.bytes(version)
        header += Self.bytes(tensorCount ?? UInt64(tensors.count))
        header += Self.bytes(entryCount ?? UInt64(entries.count))
        for (key, type, value) in entries { header += Self.string(key) + Self.bytes(type) + value }
        var contents: [UInt8] = []
        for tensor in tensors {
            header += Self.string(tensor.name) + Self.bytes(UInt32(tensor.sizes.count))
            header += tensor.sizes.flatMap { Self.bytes($0) } + Self.bytes(tensor.type)
            header += Self.bytes(offsets[tensor.name] ?? UInt64(contents.count))
            contents += Self.padded(tensor.bytes)
        }
        return Data(Self.padded(header) + contents)
    }

    static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    static func string(_ text: String) -> [UInt8] {
        bytes(UInt64(text.utf8.count)) + Array(text.utf8)
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + Array(repeating: 0, count: (32 - bytes.count % 32) % 32)
    }
}
