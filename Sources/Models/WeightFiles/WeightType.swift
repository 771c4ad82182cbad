/// How the numbers of a tensor are stored.
enum WeightType: String, Sendable {
    /// 32-bit floats.
    case float32 = "F32"
    /// IEEE 754 half precision.
    case float16 = "F16"
    /// The upper 16 bits of 32-bit floats.
    case bfloat16 = "BF16"
    /// Blocks of 32: a half-precision scale d and 32 signed bytes q; x = d q.
    case q8_0 = "Q8_0"
    /// Blocks of 32: a half-precision scale d and 32 nibbles q; x = d (q - 8).
    case q4_0 = "Q4_0"
    /// Blocks of 32: half-precision scale d and minimum m, and 32 nibbles q; x = d q + m.
    case q4_1 = "Q4_1"

    /// The number of values that are stored together.
    var blockSize: Int {
        switch self {
        case .float32, .float16, .bfloat16: 1
        case .q8_0, .q4_0, .q4_1: 32
        }
    }

    /// The number of bytes of a block.
    var blockBytes: Int {
        switch self {
        case .float32: 4
        case .float16, .bfloat16: 2
        case .q8_0: 34
        case .q4_0: 18
        case .q4_1: 20
        }
    }

    /// Decodes `count` values, a whole number of blocks, into `output`.
    ///
    /// Nibbles hold the first 16 values of a block in their low halves, the last 16 in the high.
    /// Loops count by hand because iterators are slow in unoptimised builds.
    ///
    /// Source: ggml (`ggml-quants.c`, `dequantize_row_*`).
    func decode(
        _ input: UnsafeRawPointer, count: Int, into output: UnsafeMutablePointer<Float>
    ) {
        switch self {
        case .float32: UnsafeMutableRawPointer(output).copyMemory(from: input, byteCount: 4 * count)
        case .float16: decodeFloat16(input, count, output)
        case .bfloat16: decodeBFloat16(input, count, output)
        case .q8_0, .q4_0, .q4_1:
            var block = 0
            while block < count / 32 {
                decodeBlock(input + block * blockBytes, output + block * 32)
                block += 1
            }
        }
    }

    private func decodeFloat16(
        _ input: UnsafeRawPointer, _ count: Int, _ output: UnsafeMutablePointer<Float>
    ) {
        var index = 0
        while index < count {
            output[index] = Self.half(input + 2 * index)
            index &+= 1
        }
    }

    private func decodeBFloat16(
        _ input: UnsafeRawPointer, _ count: Int, _ output: UnsafeMutablePointer<Float>
    ) {
        var index = 0
        while index < count {
            let bits = UInt32((input + 2 * index).loadUnaligned(as: UInt16.self))
            output[index] = Float(bitPattern: bits << 16)
            index &+= 1
        }
    }

    private func decodeBlock(_ block: UnsafeRawPointer, _ output: UnsafeMutablePointer<Float>) {
        let scale = Self.half(block)
        switch self {
        case .q8_0: decodeBytes(block + 2, scale, output)
        case .q4_0: decodeNibbles(block + 2, scale, -8 * scale, output)
        default: decodeNibbles(block + 4, scale, Self.half(block + 2), output)
        }
    }

    private func decodeBytes(
        _ bytes: UnsafeRawPointer, _ scale: Float, _ output: UnsafeMutablePointer<Float>
    ) {
        let values = bytes.assumingMemoryBound(to: Int8.self)
        var index = 0
        while index < 32 {
            output[index] = scale * Float(values[index])
            index &+= 1
        }
    }

    private func decodeNibbles(
        _ bytes: UnsafeRawPointer, _ scale: Float, _ offset: Float,
        _ output: UnsafeMutablePointer<Float>
    ) {
        let values = bytes.assumingMemoryBound(to: UInt8.self)
        var index = 0
        while index < 16 {
            output[index] = scale * Float(values[index] & 0xF) + offset
            output[index &+ 16] = scale * Float(values[index] >> 4) + offset
            index &+= 1
        }
    }

    private static func half(_ pointer: UnsafeRawPointer) -> Float {
        Float(Float16(bitPattern: pointer.loadUnaligned(as: UInt16.self)))
    }
}
