/// How the numbers of a tensor are stored.
///
/// Blocks hold so many values together. Those of 32 have a half-precision scale d, some a minimum m too;
/// those of 256 have eight or sixteen parts with small integers that multiply both.
enum WeightType: String, Sendable, CaseIterable {
    /// 32-bit floats.
    case float32 = "F32"
    /// IEEE 754 half precision.
    case float16 = "F16"
    /// The upper 16 bits of 32-bit floats.
    case bfloat16 = "BF16"
    /// d and 32 signed bytes q; x = d q.
    case q8_0 = "Q8_0"
    /// d and 32 nibbles q; x = d (q - 8).
    case q4_0 = "Q4_0"
    /// d, m and 32 nibbles q; x = d q + m.
    case q4_1 = "Q4_1"
    /// d, 32 fifth bits and 32 nibbles, together q; x = d (q - 16).
    case q5_0 = "Q5_0"
    /// d, m, 32 fifth bits and 32 nibbles, together q; x = d q + m.
    case q5_1 = "Q5_1"
    /// d, m, eight parts with a scale s and a minimum t of 6 bits, and 256 nibbles q;
    /// x = d s q - m t.
    case q4_K = "Q4_K"
    /// The same with a fifth bit for each nibble.
    case q5_K = "Q5_K"
    /// 256 nibbles and two more bits for each, together q, sixteen parts with a signed scale s, and d;
    /// x = d s (q - 32).
    case q6_K = "Q6_K"
    /// d and 32 nibbles that stand for 16 values which lie closer around zero.
    case iq4_NL = "IQ4_NL"

    /// The number of values that are stored together.
    var blockSize: Int { layout.values }

    /// The number of bytes of a block.
    var blockBytes: Int { layout.bytes }

    private var layout: (values: Int, bytes: Int) {
        switch self {
        case .float32: (1, 4)
        case .float16, .bfloat16: (1, 2)
        case .q8_0: (32, 2 + 32)
        case .q4_0, .iq4_NL: (32, 2 + 16)
        case .q4_1: (32, 4 + 16)
        case .q5_0: (32, 2 + 4 + 16)
        case .q5_1: (32, 4 + 4 + 16)
        case .q4_K: (256, 4 + 12 + 128)
        case .q5_K: (256, 4 + 12 + 32 + 128)
        case .q6_K: (256, 128 + 64 + 16 + 2)
        }
    }

    /// Decodes `count` values, a whole number of blocks, into `output`.
    func decode(
        _ input: UnsafeRawPointer, count: Int, into output: UnsafeMutablePointer<Float>
    ) {
        switch self {
        case .float32: UnsafeMutableRawPointer(output).copyMemory(from: input, byteCount: 4 * count)
        case .float16:
            Self.decodeHalves(input, count, output) { Float(Float16(bitPattern: $0)) }
        case .bfloat16:
            Self.decodeHalves(input, count, output) { Float(bitPattern: UInt32($0) << 16) }
        default:
            let (size, bytes) = (blockSize, blockBytes)
            for block in 0..<count / size {
                decode(
                    QuantisedBlock(bytes: input + block * bytes, output: output + block * size))
            }
        }
    }

    private static func decodeHalves(
        _ input: UnsafeRawPointer, _ count: Int, _ output: UnsafeMutablePointer<Float>,
        _ value: (UInt16) -> Float
    ) {
        var index = 0
        while index < count {
            output[index] = value(
                input.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self))
            index &+= 1
        }
    }

    private func decode(_ block: QuantisedBlock) {
        switch self {
        case .float32, .float16, .bfloat16: preconditionFailure("\(self) has no blocks")
        case .q8_0: block.decodeBytes()
        case .q4_0: block.decodeNibbles(at: 2, minus: 8)
        case .q4_1: block.decodeNibbles(at: 4, plus: block.half(at: 2))
        case .q5_0: block.decodeNibbles(at: 6, highBitsAt: 2, minus: 16)
        case .q5_1: block.decodeNibbles(at: 8, highBitsAt: 4, plus: block.half(at: 2))
        case .q4_K: block.decodeParts(nibblesAt: 16, highBitsAt: nil)
        case .q5_K: block.decodeParts(nibblesAt: 48, highBitsAt: 16)
        case .q6_K: block.decodeSixBits()
        case .iq4_NL: block.decodeTable()
        }
    }
}

extension WeightType {
    /// The types of GGUF by number.
    ///
    /// Source: ggml, `ggml.h`, `ggml_type`.
    static let ofGGUF: [UInt32: WeightType] = [
        0: .float32, 1: .float16, 2: .q4_0, 3: .q4_1, 6: .q5_0, 7: .q5_1, 8: .q8_0, 12: .q4_K,
        13: .q5_K, 14: .q6_K, 20: .iq4_NL, 30: .bfloat16,
    ]

    /// The names of GGUF's other types by number.
    static let unreadOfGGUF: [UInt32: String] = [
        9: "Q8_1", 10: "Q2_K", 11: "Q3_K", 15: "Q8_K", 16: "IQ2_XXS", 17: "IQ2_XS",
        18: "IQ3_XXS", 19: "IQ1_S", 21: "IQ3_S", 22: "IQ2_S", 23: "IQ4_XS", 24: "I8", 25: "I16",
        26: "I32", 27: "I64", 28: "F64", 29: "IQ1_M", 34: "TQ1_0", 35: "TQ2_0", 39: "MXFP4",
    ]
}
