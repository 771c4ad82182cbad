package import Foundation

/// Builds GGUF files for tests, sound or damaged.
package struct GGUFBuilder {
    package init() {}

    package var magic: UInt32 = 0x4655_4747
    package var version: UInt32 = 3
    package var entries: [(key: String, type: UInt32, value: [UInt8])] = []
    package var tensors: [(name: String, sizes: [UInt64], type: UInt32, bytes: [UInt8])] = []
    /// Replaces the offset of a tensor.
    package var offsets: [String: UInt64] = [:]
    /// Replaces the numbers of tensors and of metadata entries.
    package var tensorCount: UInt64?
    package var entryCount: UInt64?

    /// Adds an entry of the metadata.
    package mutating func add(_ key: String, _ value: String) {
        entries.append((key, 8, Self.string(value)))
    }

    /// Adds an entry of the metadata.
    package mutating func add(_ key: String, _ value: UInt32) {
        entries.append((key, 4, Self.bytes(value)))
    }

    /// Adds an entry of the metadata.
    package mutating func add(_ key: String, _ value: Bool) {
        entries.append((key, 7, [value ? 1 : 0]))
    }

    /// Adds an entry of the metadata.
    package mutating func add(_ key: String, float value: Float) {
        entries.append((key, 6, Self.bytes(value.bitPattern)))
    }

    /// Adds an entry of the metadata.
    package mutating func add(_ key: String, strings: [String]) {
        let value = Self.bytes(UInt32(8)) + Self.bytes(UInt64(strings.count))
        entries.append((key, 9, value + strings.flatMap(Self.string)))
    }

    /// Adds a tensor with its sizes innermost first, as they stand in the file.
    package mutating func add(_ name: String, sizes: [UInt64], type: UInt32, bytes: [UInt8]) {
        tensors.append((name, sizes, type, bytes))
    }

    /// Adds a tensor of 32-bit floats.
    package mutating func add(_ name: String, sizes: [UInt64], floats: [Float]) {
        add(name, sizes: sizes, type: 0, bytes: floats.flatMap { Self.bytes($0.bitPattern) })
    }

    package var data: Data {
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

    package static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    package static func string(_ text: String) -> [UInt8] {
        bytes(UInt64(text.utf8.count)) + Array(text.utf8)
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + Array(repeating: 0, count: (32 - bytes.count % 32) % 32)
    }

    /// The metadata and tensors of a Llama model of one layer, without a tokenizer.
    package static func llama(tokens: Int = 3) -> GGUFBuilder {
        var builder = GGUFBuilder()
        builder.add("general.architecture", "llama")
        builder.add("llama.embedding_length", 8)
        builder.add("llama.feed_forward_length", 16)
        builder.add("llama.block_count", 1)
        builder.add("llama.attention.head_count", 2)
        builder.add("llama.attention.layer_norm_rms_epsilon", float: 0.25)
        builder.add("llama.context_length", 64)
        builder.add(matrix: "token_embd.weight", 8, UInt64(tokens))
        builder.add(matrix: "output_norm.weight", 8)
        for (name, inputs, outputs) in [
            ("attn_q", 8, 8), ("attn_k", 8, 8), ("attn_v", 8, 8), ("attn_output", 8, 8),
            ("ffn_gate", 8, 16), ("ffn_up", 8, 16), ("ffn_down", 16, 8),
        ] as [(String, UInt64, UInt64)] {
            builder.add(matrix: "blk.0.\(name).weight", inputs, outputs)
        }
        for name in ["attn_norm", "ffn_norm"] { builder.add(matrix: "blk.0.\(name).weight", 8) }
        return builder
    }

    /// Adds a tensor of small numbers with these sizes.
    package mutating func add(matrix name: String, _ sizes: UInt64...) {
        let count = Int(sizes.reduce(1, *))
        add(name, sizes: sizes, floats: (0..<count).map { Float($0 % 7) / 8 })
    }
}
