/// A block of quantised values and where they go.
///
/// Loops count by hand because iterators are slow in unoptimised builds.
///
/// Source: ggml (`ggml-quants.c`, `dequantize_row_*`).
struct QuantisedBlock {
    let bytes: UnsafeRawPointer
    let output: UnsafeMutablePointer<Float>

    private func byte(_ index: Int) -> Int {
        Int(bytes.load(fromByteOffset: index, as: UInt8.self))
    }

    private func signed(_ index: Int) -> Float {
        Float(bytes.load(fromByteOffset: index, as: Int8.self))
    }

    /// A number of half precision.
    func half(at offset: Int) -> Float {
        Float(Float16(bitPattern: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    }

    /// 32 signed bytes behind a scale.
    func decodeBytes() {
        let scale = half(at: 0)
        var index = 0
        while index < 32 {
            output[index] = scale * signed(2 &+ index)
            index &+= 1
        }
    }

    /// 32 nibbles with a scale in front: the first 16 values are the low halves, the others the high.
    ///
    /// - Parameters:
    ///   - start: Where the nibbles are.
    ///   - high: Where 32 fifth bits are; nil for none.
    ///   - zero: Taken from each number before it is scaled.
    ///   - minimum: Added to each scaled number.
    func decodeNibbles(
        at start: Int, highBitsAt high: Int? = nil, minus zero: Int = 0, plus minimum: Float = 0
    ) {
        let scale = half(at: 0)
        let bits = high.map { bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self) } ?? 0
        var index = 0
        while index < 16 {
            let nibbles = byte(start &+ index)
            let low = nibbles & 15 | Int(bits >> UInt32(index) & 1) << 4
            let upper = nibbles >> 4 | Int(bits >> UInt32(index &+ 16) & 1) << 4
            output[index] = scale * Float(low &- zero) + minimum
            output[index &+ 16] = scale * Float(upper &- zero) + minimum
            index &+= 1
        }
    }

    private static let table: [Float] = [
        -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113,
    ]

    /// 32 nibbles that stand for values of a table.
    func decodeTable() {
        let scale = half(at: 0)
        var index = 0
        while index < 16 {
            let nibbles = byte(2 &+ index)
            output[index] = scale * Self.table[nibbles & 15]
            output[index &+ 16] = scale * Self.table[nibbles >> 4]
            index &+= 1
        }
    }

    /// Eight parts of 32 nibbles, two of them in the same bytes.
    ///
    /// - Parameters:
    ///   - start: Where the nibbles are.
    ///   - high: Where bytes are that have a fifth bit for each part; nil for none.
    func decodeParts(nibblesAt start: Int, highBitsAt high: Int?) {
        let (scale, minimum) = (half(at: 0), half(at: 2))
        var part = 0
        while part < 8 {
            let (own, least) = partScales(part)
            let (factor, offset) = (scale * Float(own), minimum * Float(least))
            let (shift, first) = (part & 1 == 0 ? 0 : 4, start &+ part / 2 * 32)
            var index = 0
            while index < 32 {
                let fifth = high.map { byte($0 &+ index) >> part & 1 } ?? 0
                let number = byte(first &+ index) >> shift & 15 | fifth << 4
                output[part &* 32 &+ index] = factor * Float(number) - offset
                index &+= 1
            }
            part &+= 1
        }
    }

    /// Scale and minimum of a part, 6 bits each in the 12 bytes from the fourth on: those of the first
    /// four parts in the low bits, of the others in nibbles and the two bits that are left.
    private func partScales(_ part: Int) -> (scale: Int, minimum: Int) {
        guard part >= 4 else { return (byte(4 &+ part) & 63, byte(8 &+ part) & 63) }
        let nibbles = byte(8 &+ part)
        return (
            nibbles & 15 | (byte(part) >> 6) << 4, nibbles >> 4 | (byte(4 &+ part) >> 6) << 4
        )
    }

    /// Two halves of 128 values of 6 bits: four in the same place of a half share a byte of high bits.
    func decodeSixBits() {
        let scale = half(at: 208)
        var index = 0
        while index < 256 {
            let (side, within) = (index >> 7, index & 127)
            let (quarter, place) = (within >> 5, within & 31)
            let nibbles = byte(side &* 64 &+ (quarter & 1) &* 32 &+ place)
            let low = quarter < 2 ? nibbles & 15 : nibbles >> 4
            let high = byte(128 &+ side &* 32 &+ place) >> (2 &* quarter) & 3
            let part = side &* 8 &+ quarter &* 2 &+ place >> 4
            output[index] = scale * signed(192 &+ part) * Float((low | high << 4) &- 32)
            index &+= 1
        }
    }
}
