package import Foundation

/// A GGUF file, mapped into memory; F32, F16, BF16, Q8_0, Q4_0 and Q4_1 tensors can be read.
///
/// Tensors have their Hugging Face names and layout. Files of architecture `llama` hold the rows
/// of the query and key projections in the order of the interleaved rotary embedding; they are
/// put back in the order of Hugging Face's rotate-half form, row 2i + j of a head being row
/// j · headSize / 2 + i there (llama.cpp, `convert_hf_to_gguf.py`, `LlamaModel.permute`).
package struct GGUFFile: WeightFile {
    private struct Tensor {
        let location: GGUFHeader.Tensor
        /// The number of heads whose rows are interleaved, or nil if rows are in order.
        let interleavedHeads: Int?
    }

    /// The entries of the metadata by key.
    package let metadata: [String: FileValue]
    let path: String
    private let data: Data
    private let tensors: [String: Tensor]

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
        let header = try GGUFHeader(data, path: path)
        metadata = header.metadata
        var tensors: [String: Tensor] = [:]
        for (name, location) in header.tensors {
            guard GGUFNames.name(huggingFace: name) == nil else {
                // Rows of such a tensor could be in either order.
                throw .badField(
                    path: path, field: "the name of a tensor", found: name,
                    expected: "a name of GGUF, not of Hugging Face")
            }
            let heads = try Self.interleavedHeads(name, location, header.metadata, path)
            let exposed = GGUFNames.huggingFaceName(name) ?? name
            let tensor = Tensor(location: location, interleavedHeads: heads)
            guard tensors.updateValue(tensor, forKey: exposed) == nil else {
                throw .duplicateName(path: path, name: exposed)
            }
        }
        self.tensors = tensors
    }

    package var tensorNames: [String] { tensors.keys.sorted() }

    package var format: ModelFormat { .gguf }

    package func spelling(of name: String) -> String { GGUFNames.name(huggingFace: name) ?? name }

    package func shape(of name: String) -> [Int]? { tensors[name]?.location.shape }

    package func read(
        _ name: String, into destination: UnsafeMutableBufferPointer<Float>
    ) throws(WeightFileError) {
        guard let tensor = tensors[name] else { throw .unknownTensor(path: path, tensor: name) }
        let location = tensor.location
        let count = location.rowCount * location.rowSize
        precondition(
            destination.count == count, "\(destination.count) elements for \(location.shape)")
        guard let output = destination.baseAddress, count > 0 else { return }
        data.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            let start = base + location.offset
            guard let heads = tensor.interleavedHeads else {
                location.type.decode(start, count: count, into: output)
                return
            }
            Self.decode(location, heads, start, into: output)
        }
    }

    /// Decodes a tensor row by row from the interleaved order; a bias has rows of one value.
    private static func decode(
        _ location: GGUFHeader.Tensor, _ heads: Int, _ start: UnsafeRawPointer,
        into output: UnsafeMutablePointer<Float>
    ) {
        let rows = location.shape[0]
        let (rowSize, rowBytes) = (
            location.shape.count == 1 ? 1 : location.rowSize,
            location.shape.count == 1 ? location.type.blockBytes : location.rowBytes
        )
        let half = rows / heads / 2
        for row in 0..<rows {
            let (head, within) = row.quotientAndRemainder(dividingBy: 2 * half)
            let source = head * 2 * half + 2 * (within % half) + within / half
            location.type.decode(
                start + source * rowBytes, count: rowSize, into: output + row * rowSize)
        }
    }

    private static func interleavedHeads(
        _ name: String, _ location: GGUFHeader.Tensor, _ metadata: [String: FileValue],
        _ path: String
    ) throws(WeightFileError) -> Int? {
        guard metadata["general.architecture"]?.string == "llama" else { return nil }
        let isQuery = name.contains(".attn_q.")
        guard isQuery || name.contains(".attn_k.") else { return nil }
        let all = ModelSetting.headCount.name(in: .gguf)
        let own = isQuery ? all : ModelSetting.kvHeadCount.name(in: .gguf)
        let key = metadata[own] == nil ? all : own
        guard let heads = metadata[key]?.int else {
            throw .missingMetadata(path: path, key: key)
        }
        let isBlockedBias = location.shape.count == 1 && location.type.blockSize > 1
        guard heads > 0, let rows = location.shape.first, location.shape.count <= 2,
            rows % heads == 0, rows / heads % 2 == 0, !isBlockedBias
        else {
            throw .badField(
                path: path, field: "the shape of \(name)", found: "\(location.shape)",
                expected: "an even number of rows for each of the \(heads) heads of \(key)")
        }
        return heads
    }
}
