package import Foundation

/// A safetensors file, mapped into memory; F32, F16 and BF16 tensors can be read.
package struct SafetensorsFile: WeightFile {
    private let data: Data
    private let path: String
    private let header: SafetensorsHeader

    /// Opens the file and checks its header.
    ///
    /// - Throws: `WeightFileError` if it cannot be read or its header does not fit the file.
    package init(_ url: URL) throws(WeightFileError) {
        try self.init(data: try Data(mapping: url), path: url.path)
    }

    /// Checks the header of contents that are in memory; `path` stands in messages.
    ///
    /// - Throws: `WeightFileError` if the header does not fit the contents.
    package init(data: Data, path: String) throws(WeightFileError) {
        self.path = path
        self.data = data
        header = try SafetensorsHeader(data, path: path)
    }

    /// The text entries under `__metadata__`.
    package var metadata: [String: String] { header.metadata }

    package var tensorNames: [String] { header.tensors.keys.sorted() }

    package func shape(of name: String) -> [Int]? { header.tensors[name]?.shape }

    package func read(
        _ name: String, into destination: UnsafeMutableBufferPointer<Float>
    ) throws(WeightFileError) {
        guard let tensor = header.tensors[name] else {
            throw .unknownTensor(path: path, tensor: name)
        }
        guard let type = WeightType(rawValue: tensor.type), type.blockSize == 1 else {
            throw .unsupportedType(path: path, tensor: name, type: tensor.type)
        }
        let count = tensor.byteCount / type.blockBytes
        precondition(
            destination.count == count, "\(destination.count) elements for \(tensor.shape)")
        guard let output = destination.baseAddress, count > 0 else { return }
        data.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            type.decode(start + tensor.offset, count: count, into: output)
        }
    }
}
