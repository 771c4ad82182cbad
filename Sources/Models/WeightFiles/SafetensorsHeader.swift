import Foundation

/// The header of a safetensors file: where each tensor lies, checked against the file.
///
/// Format: 8 bytes of header length, a JSON object, then the tensors without gaps
/// (huggingface/safetensors, README).
struct SafetensorsHeader: Sendable {
    /// A tensor whose bytes are known to lie within the file.
    struct Tensor: Sendable {
        let type: String
        let shape: [Int]
        let offset: Int
        let byteCount: Int
    }

    /// The longest header that is accepted, as in the reference implementation.
    static let maxLength: UInt64 = 100_000_000

    let tensors: [String: Tensor]
    let metadata: [String: String]

    init(_ data: Data, path: String) throws(WeightFileError) {
        var reader = ByteReader(data, path: path)
        let length = try reader.read(UInt64.self, "the length of the header")
        guard length <= Self.maxLength else {
            throw .badField(
                path: path, field: "the length of the header", found: "\(length)",
                expected: "at most \(Self.maxLength)")
        }
        try reader.skip(length, "the header")
        let text = data.dropFirst(8).prefix(reader.position - 8)
        let json = try Self.decode(text, path)
        if let name = RepeatedKeys.first(in: text, decoded: json.keyCount) {
            throw .duplicateName(path: path, name: name)
        }
        metadata = json.metadata
        tensors = try Self.locate(
            json.entries, path: path, start: reader.position, size: data.count)
    }

    private static func decode(_ json: Data, _ path: String) throws(WeightFileError) -> HeaderJSON {
        do {
            return try JSONDecoder().decode(HeaderJSON.self, from: json)
        } catch {
            throw .badField(
                path: path, field: "the header", found: "not a list of tensors",
                expected: "a JSON object with dtype, shape and data_offsets of each tensor")
        }
    }

    private static func locate(
        _ entries: [String: HeaderJSON.Entry], path: String, start: Int, size: Int
    ) throws(WeightFileError) -> [String: Tensor] {
        var tensors: [String: Tensor] = [:]
        var end = 0
        let inOrder = entries.sorted { ($0.value.offsets, $0.key) < ($1.value.offsets, $1.key) }
        for (name, entry) in inOrder {
            guard entry.offsets.begin == end else {
                throw .misplacedTensor(
                    path: path, tensor: name, expectedOffset: end, foundOffset: entry.offsets.begin)
            }
            let byteCount = try entry.byteCount(name, path)
            end = entry.offsets.end
            guard end <= size - start else {
                throw .truncated(
                    path: path, part: name, needed: UInt64(end) + UInt64(start), size: size)
            }
            tensors[name] = Tensor(
                type: entry.type, shape: entry.shape, offset: start + entry.offsets.begin,
                byteCount: byteCount)
        }
        guard end == size - start else {
            throw .badField(
                path: path, field: "the data", found: "\(size - start) bytes",
                expected: "\(end), the sum of its tensors")
        }
        return tensors
    }
}

/// The JSON of a header, as it stands in the file.
private struct HeaderJSON: Decodable {
    struct Offsets: Comparable {
        let begin: Int
        let end: Int

        static func < (a: Offsets, b: Offsets) -> Bool { (a.begin, a.end) < (b.begin, b.end) }
    }

    struct Entry: Decodable {
        let type: String
        let shape: [Int]
        let offsets: Offsets

        enum CodingKeys: String, CodingKey {
            case type = "dtype"
            case shape
            case offsets = "data_offsets"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            type = try container.decode(String.self, forKey: .type)
            shape = try container.decode([Int].self, forKey: .shape)
            let numbers = try container.decode([Int].self, forKey: .offsets)
            guard numbers.count == 2 else {
                throw DecodingError.dataCorruptedError(
                    forKey: .offsets, in: container, debugDescription: "two offsets expected")
            }
            offsets = Offsets(begin: numbers[0], end: numbers[1])
        }

        /// The bytes between the offsets, which must be what the shape and type make.
        func byteCount(_ name: String, _ path: String) throws(WeightFileError) -> Int {
            guard let size = Self.sizes[type] else {
                throw .unsupportedType(path: path, tensor: name, type: type)
            }
            guard let count = elementCount(shape + [size]) else {
                throw .badField(
                    path: path, field: "the shape of \(name)", found: "\(shape)",
                    expected: "sizes of a tensor that fits in memory")
            }
            let found = offsets.end.subtractingReportingOverflow(offsets.begin)
            guard !found.overflow, found.partialValue == count else {
                throw .sizeMismatch(
                    path: path, tensor: name, expectedBytes: count, foundBytes: found.partialValue)
            }
            return count
        }

        private static let sizes = [
            "BOOL": 1, "U8": 1, "I8": 1, "F8_E5M2": 1, "F8_E4M3": 1, "I16": 2, "U16": 2, "F16": 2,
            "BF16": 2, "I32": 4, "U32": 4, "F32": 4, "I64": 8, "U64": 8, "F64": 8,
        ]
    }

    var metadata: [String: String] = [:]
    var entries: [String: Entry] = [:]
    /// Of tensors and metadata.
    let keyCount: Int

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        keyCount = container.allKeys.count
        for key in container.allKeys {
            if key.stringValue == "__metadata__" {
                metadata = try container.decode([String: String].self, forKey: key)
            } else {
                entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
            }
        }
    }
}
