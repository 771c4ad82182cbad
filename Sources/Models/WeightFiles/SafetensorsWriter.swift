package import Foundation
internal import Platform

/// Collects tensors and writes them as one safetensors file of 32-bit floats.
///
/// Tensors go to the file one after the other in the order in which they were added; their
/// values are not copied.
package struct SafetensorsWriter {
    private enum Values {
        case array([Float])
        case pointer(UnsafeBufferPointer<Float>)
    }

    private struct Entry: Encodable {
        let type = "F32"
        let shape: [Int]
        let offsets: [Int]

        enum CodingKeys: String, CodingKey {
            case type = "dtype"
            case shape
            case offsets = "data_offsets"
        }
    }

    private enum HeaderValue: Encodable {
        case metadata([String: String])
        case tensor(Entry)

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .metadata(let entries): try entries.encode(to: encoder)
            case .tensor(let entry): try entry.encode(to: encoder)
            }
        }
    }

    private let metadata: [String: String]
    private var tensors: [(name: String, shape: [Int], values: Values)] = []

    /// A writer with text entries for `__metadata__`.
    package init(metadata: [String: String] = [:]) {
        self.metadata = metadata
    }

    /// Adds a tensor in row-major order.
    ///
    /// - Precondition: the name is new and the shape has as many elements as there are values.
    package mutating func add(_ name: String, shape: [Int], values: [Float]) {
        check(name, shape, values.count)
        tensors.append((name, shape, .array(values)))
    }

    /// Adds a tensor in row-major order whose memory stays valid until the file is written.
    ///
    /// - Precondition: the name is new and the shape has as many elements as there are values.
    package mutating func add(_ name: String, shape: [Int], values: UnsafeBufferPointer<Float>) {
        check(name, shape, values.count)
        tensors.append((name, shape, .pointer(values)))
    }

    /// Writes the file under a temporary name, flushes it to the disk and renames it to `url`.
    ///
    /// - Throws: `WeightFileError.unwritable`; what was at `url` is then still there.
    package func write(to url: URL) throws(WeightFileError) {
        do {
            let header = try header()
            try WholeFile.write(to: url) { descriptor throws(SystemReason) in
                try Descriptor.write(header, to: descriptor)
                for tensor in tensors { try Self.write(tensor.values, to: descriptor) }
            }
        } catch {
            let words = (error as? FileError)?.reason ?? reason(of: error)
            throw .unwritable(path: url.path, reason: words)
        }
    }

    private func check(_ name: String, _ shape: [Int], _ count: Int) {
        precondition(elementCount(shape) == count, "\(name): \(count) values for shape \(shape)")
        precondition(!tensors.contains { $0.name == name }, "\(name) was added before")
    }

    /// The length and the JSON of the header, padded so that the data begins on 8 bytes.
    private func header() throws -> Data {
        var entries: [String: HeaderValue] = [:]
        if !metadata.isEmpty { entries["__metadata__"] = .metadata(metadata) }
        var offset = 0
        for (name, shape, _) in tensors {
            let end = offset + 4 * shape.reduce(1, *)
            entries[name] = .tensor(Entry(shape: shape, offsets: [offset, end]))
            offset = end
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var json = try encoder.encode(entries)
        json.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
        return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) } + json
    }

    private static func write(
        _ values: Values, to descriptor: Int32
    ) throws(SystemReason) {
        switch values {
        case .array(let array):
            try array.span.bytes.withUnsafeBytes { bytes throws(SystemReason) in
                try Descriptor.write(bytes, to: descriptor)
            }
        case .pointer(let pointer):
            try Descriptor.write(UnsafeRawBufferPointer(pointer), to: descriptor)
        }
    }
}
