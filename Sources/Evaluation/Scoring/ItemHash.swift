internal import Datasets

/// A number that stands for an item's text, the same on every machine and in every version.
///
/// 64-bit FNV-1a of the UTF-8 bytes of the item's parts, a zero byte after each, mixed by the finaliser
/// of SplitMix64: the lowest bit of FNV-1a alone is the parity of the bytes' lowest bits, and it
/// decides in which half of the items an item is.
/// - Reference: Fowler, Noll, Vo, draft-eastlake-fnv-17; the mixing of `SeededRandom`.
enum ItemHash {
    static func of(_ parts: [String]) -> UInt64 {
        var mixing = SeededRandom(seed: fnv1a(parts.lazy.flatMap { Array($0.utf8) + [0] }))
        return mixing.next()
    }

    /// Of what a record says, whatever the template.
    static func of(_ record: Record) -> UInt64 {
        of(
            record.earlier.flatMap { [$0.speaker.rawValue, $0.text] }
                + [record.instruction, record.input, record.output])
    }

    static func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
