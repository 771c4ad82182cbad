package import Foundation
internal import Platform

/// Collects a model's tensors and writes them into a folder as Hugging Face has them: as one file, or as
/// several with an index where one would be too large.
package struct WeightFolderWriter {
    /// The bytes of tensors that a file has at most, unless a single one has more.
    package static let largestFile = 4_000_000_000

    /// The index of several files, as transformers writes it.
    private struct Index: Encodable {
        struct Metadata: Encodable {
            let totalSize: Int

            enum CodingKeys: String, CodingKey {
                case totalSize = "total_size"
            }
        }

        let metadata: Metadata
        let weightMap: [String: String]

        enum CodingKeys: String, CodingKey {
            case metadata
            case weightMap = "weight_map"
        }
    }

    /// What goes into one file.
    private struct Part {
        var writer = SafetensorsWriter(metadata: ["format": "pt"])
        var names: [String] = []
        var bytes = 0
    }

    private let largestFile: Int
    private var parts = [Part()]

    /// - Parameter largestFile: The bytes of tensors that a file has at most.
    package init(largestFile: Int = Self.largestFile) { self.largestFile = largestFile }

    /// Adds a tensor in row-major order whose memory stays valid until the folder is written.
    ///
    /// - Precondition: the name is new and the shape has as many elements as there are values.
    package mutating func add(_ name: String, shape: [Int], values: UnsafeBufferPointer<Float>) {
        let bytes = values.count * MemoryLayout<Float>.stride
        if let last = parts.last, last.bytes > 0, last.bytes + bytes > largestFile {
            parts.append(Part())
        }
        let last = parts.count - 1
        parts[last].writer.add(name, shape: shape, values: values)
        parts[last].names.append(name)
        parts[last].bytes += bytes
    }

    /// Writes the files, the index last, into a folder that has none yet.
    ///
    /// - Throws: `WeightFileError.unwritable`, `FileError`.
    package func write(toFolder folder: URL) throws {
        guard parts.count > 1 else {
            return try parts[0].writer.write(to: folder.appending(path: WeightFileName.whole))
        }
        var map: [String: String] = [:]
        for (index, part) in parts.enumerated() {
            let file = WeightFileName.part(index, of: parts.count)
            try part.writer.write(to: folder.appending(path: file))
            for name in part.names { map[name] = file }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let size = parts.reduce(0) { $0 + $1.bytes }
        try WholeFile.write(
            try encoder.encode(Index(metadata: .init(totalSize: size), weightMap: map)),
            to: folder.appending(path: WeightFileName.index))
    }
}
