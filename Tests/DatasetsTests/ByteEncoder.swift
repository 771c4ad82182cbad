import Datasets
import Tokenizers

/// A tokenizer for tests: one id a byte, and special tokens from 256 on.
struct ByteEncoder: TextEncoder {
    var specials = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    var prefix: [Int32] = []
    var beginning: String?
    var end = "<|endoftext|>"
    var edges: TextEdges {
        TextEdges(
            prefix: prefix, beginning: beginning.flatMap(id(ofSpecial:)),
            ends: [id(ofSpecial: end)].compactMap { $0 })
    }
    var specialTexts: [String] { specials }

    func id(ofSpecial text: String) -> Int32? {
        specials.firstIndex(of: text).map { Int32($0 + 256) }
    }

    func encodeOrdinary(_ text: String) -> [Int32] { text.utf8.map(Int32.init) }

    func encode(_ text: String) -> [Int32] {
        var rest = Substring(text)
        var ids: [Int32] = []
        while let first = rest.first {
            if let special = specials.first(where: rest.hasPrefix), let id = id(ofSpecial: special)
            {
                ids.append(id)
                rest = rest.dropFirst(special.count)
            } else {
                ids += encodeOrdinary(String(first))
                rest = rest.dropFirst()
            }
        }
        return ids
    }

    func decode(_ ids: [Int32]) -> String { String(decoding: decodeBytes(ids), as: UTF8.self) }

    func decodeBytes(_ ids: [Int32]) -> [UInt8] {
        var bytes: [UInt8] = []
        for id in ids {
            if id < 256 {
                bytes.append(UInt8(id))
            } else if specials.indices.contains(Int(id) - 256) {
                bytes += specials[Int(id) - 256].utf8
            }
        }
        return bytes
    }
}
