/// The memorisation domain: random identifiers, each with another one to recall.
///
/// Nothing can be learned but the pairs themselves: what a method gets right it has memorised.
/// - Reference: Jiang et al., *MoRA: High-Rank Updating for Parameter-Efficient Fine-Tuning*,
///   2405.12130, section 3.
struct UUIDDataset: Sendable {
    private let seed: UInt64

    init(seed: UInt64) { self.seed = seed }

    /// Pairs as instruction and output; no identifier comes twice.
    func records(count: Int) -> [JSONLine] {
        var random = SeededRandom(seed: seed, purpose: "uuid records")
        return (0..<count).map { _ in
            .object([
                ("instruction", .text(Self.identifier(&random))), ("input", ""),
                ("output", .text(Self.identifier(&random))),
            ])
        }
    }

    /// The 32 hexadecimal digits of a UUID of version 4, without hyphens.
    ///
    /// 122 bits are random; digit 12 is the version, `4`, and digit 16 has the variant in its first
    /// two bits and so is one of `8`, `9`, `a`, `b` (RFC 9562, section 5.4).
    static func identifier(_ random: inout SeededRandom) -> String {
        let version = random.next() & ~0xF000 | 0x4000
        let variant = random.next() & ~(0xC << 60) | 0x8 << 60
        return [version, variant].map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
