import Foundation

/// The metadata and tensor list of a GGUF file, checked against the file.
///
/// Format: versions 2 and 3, little-endian (ggml-org/ggml, `docs/gguf.md`).
struct GGUFHeader: Sendable {
    /// A tensor whose bytes are known to lie within the file.
    struct Tensor: Sendable {
        let type: WeightType
        /// Outermost first; in the file the innermost stands first.
        let shape: [Int]
        let offset: Int

        /// The number of values in a row, the innermost dimension.
        var rowSize: Int { shape.last ?? 1 }
        /// The number of rows.
        var rowCount: Int { shape.dropLast().reduce(1, *) }
        /// The number of bytes of a row.
        var rowBytes: Int { rowSize / type.blockSize * type.blockBytes }
    }

    /// The most values that arrays of the metadata may have together; in memory each takes a multiple
    /// of its place in the file, and the largest tokenizers have less than a million.
    static let mostValues = 1 << 22

    let metadata: [String: FileValue]
    let tensors: [String: Tensor]

    init(_ data: Data, path: String) throws(WeightFileError) {
        var reader = ByteReader(data, path: path)
        try Self.checkMagic(&reader)
        let tensorCount = try reader.readCount("the list of tensors", of: 24)
        let entryCount = try reader.readCount("the metadata", of: 13)
        metadata = try Self.readMetadata(&reader, entryCount)
        let infos = try Self.readTensorInfos(&reader, tensorCount)
        let alignment = try Self.alignment(reader, metadata)
        tensors = try Self.locate(
            infos, path: path, start: alignment.rounded(reader.position), alignment: alignment,
            size: data.count)
    }

    private static func checkMagic(_ reader: inout ByteReader) throws(WeightFileError) {
        let magic = try reader.read(UInt32.self, "the magic number")
        guard magic == 0x4655_4747 else {
            throw .unknownFormat(
                path: reader.path, expected: "the magic number GGUF",
                found: String(magic, radix: 16))
        }
        let version = try reader.read(UInt32.self, "the version")
        guard version == 2 || version == 3 else {
            throw .unknownFormat(
                path: reader.path, expected: "little-endian GGUF version 2 or 3",
                found: "\(version)")
        }
    }

    private static func readMetadata(
        _ reader: inout ByteReader, _ count: Int
    ) throws(WeightFileError) -> [String: FileValue] {
        var metadata: [String: FileValue] = [:]
        var room = mostValues
        for _ in 0..<count {
            let key = try reader.readString("a metadata key")
            let type = try reader.read(UInt32.self, key)
            let value = try reader.readValue(type, key, depth: 0, room: &room)
            guard metadata.updateValue(value, forKey: key) == nil else {
                throw .duplicateName(path: reader.path, name: key)
            }
        }
        return metadata
    }

    /// What the places of the data and of every tensor in it are multiples of.
    private static func alignment(
        _ reader: ByteReader, _ metadata: [String: FileValue]
    ) throws(WeightFileError) -> Alignment {
        let alignment = metadata["general.alignment"]?.int ?? 32
        guard (1...(1 << 20)).contains(alignment) else {
            throw .badField(
                path: reader.path, field: "general.alignment", found: "\(alignment)",
                expected: "1 to 1048576")
        }
        return Alignment(size: alignment)
    }

    private struct Alignment {
        let size: Int

        /// The next multiple.
        func rounded(_ position: Int) -> Int { (position + size - 1) / size * size }
    }
}

// MARK: - Tensors

extension GGUFHeader {
    private struct TensorInfo {
        let name: String
        let shape: [Int]
        let type: UInt32
        let offset: UInt64
    }

    private static func readTensorInfos(
        _ reader: inout ByteReader, _ count: Int
    ) throws(WeightFileError) -> [TensorInfo] {
        var infos: [TensorInfo] = []
        for _ in 0..<count {
            let name = try reader.readString("a tensor name")
            let rank = try reader.read(UInt32.self, name)
            guard rank <= 4 else {
                throw .badField(
                    path: reader.path, field: "the rank of \(name)", found: "\(rank)",
                    expected: "at most 4")
            }
            var shape: [Int] = []
            for _ in 0..<rank { shape.append(Int(clamping: try reader.read(UInt64.self, name))) }
            let type = try reader.read(UInt32.self, name)
            let offset = try reader.read(UInt64.self, name)
            infos.append(
                TensorInfo(name: name, shape: shape.reversed(), type: type, offset: offset))
        }
        return infos
    }

    private static func locate(
        _ infos: [TensorInfo], path: String, start: Int, alignment: Alignment, size: Int
    ) throws(WeightFileError) -> [String: Tensor] {
        var tensors: [String: Tensor] = [:]
        var end: UInt64 = 0
        for info in infos.sorted(by: { ($0.offset, $0.name) < ($1.offset, $1.name) }) {
            guard info.offset == end else {
                throw .misplacedTensor(
                    path: path, tensor: info.name, expectedOffset: Int(clamping: end),
                    foundOffset: Int(clamping: info.offset))
            }
            let type = try weightType(info, path)
            let byteCount = UInt64(try byteCount(info, type, path))
            let (last, overflow) = info.offset.addingReportingOverflow(byteCount)
            let available = UInt64(max(size - start, 0))
            guard !overflow, last <= available else {
                let needed = last.addingReportingOverflow(UInt64(start))
                throw .truncated(
                    path: path, part: info.name,
                    needed: overflow || needed.overflow ? .max : needed.partialValue, size: size)
            }
            end = UInt64(alignment.rounded(Int(last)))
            let tensor = Tensor(type: type, shape: info.shape, offset: start + Int(info.offset))
            guard tensors.updateValue(tensor, forKey: info.name) == nil else {
                throw .duplicateName(path: path, name: info.name)
            }
        }
        return tensors
    }

    private static func weightType(
        _ info: TensorInfo, _ path: String
    ) throws(WeightFileError) -> WeightType {
        guard let type = WeightType.ofGGUF[info.type] else {
            throw .unsupportedType(
                path: path, tensor: info.name,
                type: WeightType.unreadOfGGUF[info.type] ?? "ggml \(info.type)")
        }
        return type
    }

    private static func byteCount(
        _ info: TensorInfo, _ type: WeightType, _ path: String
    ) throws(WeightFileError) -> Int {
        guard (info.shape.last ?? 1) % type.blockSize == 0,
            let count = elementCount(info.shape + [type.blockBytes]),
            elementCount(info.shape + [MemoryLayout<Float>.size]) != nil
        else {
            throw .badField(
                path: path, field: "the shape of \(info.name)", found: "\(info.shape)",
                expected: "rows of whole blocks of \(type.blockSize) that fit in memory")
        }
        return count / type.blockSize
    }
}

// MARK: - Metadata values

extension ByteReader {
    /// The value of a metadata entry of GGUF type `type`.
    fileprivate mutating func readValue(
        _ type: UInt32, _ key: String, depth: Int, room: inout Int
    ) throws(WeightFileError) -> FileValue {
        switch type {
        case 0: return .int(Int(try read(UInt8.self, key)))
        case 1: return .int(Int(try read(Int8.self, key)))
        case 2: return .int(Int(try read(UInt16.self, key)))
        case 3: return .int(Int(try read(Int16.self, key)))
        case 4: return .int(Int(try read(UInt32.self, key)))
        case 5: return .int(Int(try read(Int32.self, key)))
        case 6: return .float(Double(try read(Float.self, key)))
        case 7: return .bool(try read(UInt8.self, key) != 0)
        case 8: return .string(try readString(key))
        case 9: return try readArray(key, depth: depth, room: &room)
        case 10: return .int(try exact(try read(UInt64.self, key), key))
        case 11: return .int(Int(try read(Int64.self, key)))
        case 12: return .float(try read(Double.self, key))
        default: throw badType(type, key)
        }
    }

    private mutating func readArray(
        _ key: String, depth: Int, room: inout Int
    ) throws(WeightFileError) -> FileValue {
        let type = try read(UInt32.self, key)
        let sizes: [Int] = [1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8]
        guard type < sizes.count, depth < 4 else { throw badType(type, key) }
        let count = try readCount(key, of: sizes[Int(type)])
        room -= count
        guard room >= 0 else {
            throw .badField(
                path: path, field: "the length of \(key)", found: "\(count)",
                expected: "at most \(GGUFHeader.mostValues) values in all arrays")
        }
        var values: [FileValue] = []
        values.reserveCapacity(count)
        for _ in 0..<count {
            values.append(try readValue(type, key, depth: depth + 1, room: &room))
        }
        return .array(values)
    }

    private func exact(_ value: UInt64, _ key: String) throws(WeightFileError) -> Int {
        guard let exact = Int(exactly: value) else {
            throw .badField(
                path: path, field: key, found: "\(value)", expected: "at most \(Int.max)")
        }
        return exact
    }

    private func badType(_ type: UInt32, _ key: String) -> WeightFileError {
        .badField(
            path: path, field: "the type of \(key)", found: "\(type)",
            expected: "0 to 12, with arrays at most 4 deep")
    }
}
