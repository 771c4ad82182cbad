package import Foundation

/// A GGUF file, mapped into memory.
///
/// Tensors have their Hugging Face names, layout and values, as the family of the file's architecture
/// declares them (`GGUFForm`); in files of an architecture that is not known, Llama's names.
package struct GGUFFile: WeightFile {
    private struct Tensor {
        let location: GGUFHeader.Tensor
        /// Nil if the rows are in order.
        var order: GGUFRows.Order?
        /// What was added to the values.
        var offset: Float = 0
    }

    /// The entries of the metadata by key.
    package let metadata: [String: FileValue]
    let path: String
    private let data: Data
    private let tensors: [String: Tensor]
    private let names: GGUFNames
    /// The family of the file's architecture; nil if it is none that is known.
    let family: Family?

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
        let architecture = metadata["general.architecture"]?.string
        family = Family.all.first { $0.gguf?.architecture == architecture }
        names = GGUFNames(family ?? .llama)
        var tensors: [String: Tensor] = [:]
        for (name, location) in header.tensors {
            let place = names.place(of: name)
            guard place != nil || names.name(huggingFace: name) == nil else {
                // Rows of such a tensor could be in either order.
                throw .badField(
                    path: path, field: "the name of a tensor", found: name,
                    expected: "a name of GGUF, not of Hugging Face")
            }
            var tensor = Tensor(location: location)
            if let role = place?.role, let form = family?.gguf {
                tensor.order = try Self.order(name, role, location, form, metadata, path)
                if case .norm = role { tensor.offset = form.normOffset }
            }
            let exposed = place?.name ?? name
            guard tensors.updateValue(tensor, forKey: exposed) == nil else {
                throw .duplicateName(path: path, name: exposed)
            }
        }
        self.tensors = tensors
    }

    /// Without what the configuration was read from.
    package var tensorNames: [String] {
        tensors.keys.filter { !isPartOfConfiguration($0) }.sorted()
    }

    /// All tensors of the file.
    var tensorCount: Int { tensors.count }

    private func isPartOfConfiguration(_ name: String) -> Bool {
        name == RotaryFactors.tensor && family?.gguf?.hasRotaryFactors == true
    }

    package var format: ModelFormat {
        .gguf(architecture: metadata["general.architecture"]?.string ?? "")
    }

    package func spelling(of name: String) -> String { names.name(huggingFace: name) ?? name }

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
            if let order = tensor.order {
                Self.decode(location, order, start, into: output)
            } else {
                location.type.decode(start, count: count, into: output)
            }
        }
        if tensor.offset != 0 {
            for index in 0..<count { output[index] -= tensor.offset }
        }
    }

    /// Decodes a tensor row by row from another order; a bias has rows of one value.
    private static func decode(
        _ location: GGUFHeader.Tensor, _ order: GGUFRows.Order, _ start: UnsafeRawPointer,
        into output: UnsafeMutablePointer<Float>
    ) {
        let isVector = location.shape.count == 1
        let (rowSize, rowBytes) =
            isVector ? (1, location.type.blockBytes) : (location.rowSize, location.rowBytes)
        for row in 0..<location.shape[0] {
            location.type.decode(
                start + order.source(of: row) * rowBytes, count: rowSize,
                into: output + row * rowSize)
        }
    }

    private static func order(
        _ name: String, _ role: ParameterRole, _ location: GGUFHeader.Tensor, _ form: GGUFForm,
        _ metadata: [String: FileValue], _ path: String
    ) throws(WeightFileError) -> GGUFRows.Order? {
        guard let parts = form.rows.parts(role) else { return nil }
        let format = ModelFormat.gguf(architecture: form.architecture)
        let all = ModelSetting.headCount.name(in: format)
        let own = role.belongsToKeys ? ModelSetting.kvHeadCount.name(in: format) : all
        let key = metadata[own] == nil ? all : own
        guard let heads = metadata[key]?.int else {
            throw .missingMetadata(path: path, key: key)
        }
        let isBlockedBias = location.shape.count == 1 && location.type.blockSize > 1
        guard heads > 0, heads <= Int(Int32.max), let rows = location.shape.first,
            location.shape.count <= 2, rows % (heads * parts) == 0,
            rows / (heads * parts) % 2 == 0, !isBlockedBias
        else {
            throw .badField(
                path: path, field: "the shape of \(name)", found: "\(location.shape)",
                expected: "an even number of rows for each of the \(heads) heads of \(key)")
        }
        return GGUFRows.Order(heads: heads, size: rows / (heads * parts), parts: parts)
    }
}
