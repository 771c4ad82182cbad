internal import Foundation
internal import Models

/// A folder with an adapter in PEFT's form.
struct AdapterFolder {
    private let folder: URL
    private let adapter: StoredAdapter

    /// Reads the configuration.
    ///
    /// - Throws: `ModelFolderError` if it cannot be read or is not PEFT's.
    init(_ folder: URL) throws(ModelFolderError) {
        self.folder = folder
        let file = folder.appending(path: FineTunedModel.configurationFile)
        adapter = StoredAdapter(try JSONObjectFile(file))
        let hasWeights = folder.has(WeightFileName.whole) || folder.has(WeightFileName.index)
        guard hasWeights, !adapter.replacesWeights else { return }
        throw bad(
            adapter.problems + [
                "there are whole weights beside the adapter, and no \(AdapterKeys.mergedWeights) "
                    + "says that it belongs on them; move \(WeightFileName.whole) or the adapter to a "
                    + "folder of its own"
            ])
    }

    /// Whether the weights beside the adapter take the place of the base's.
    var replacesWeights: Bool { adapter.replacesWeights }

    /// The model that the adapter makes of `base`, for scoring.
    ///
    /// - Throws: `ModelFolderError` for what does not fit, `WeightFileError`,
    ///   `TensorError.outOfMemory`.
    func model(on base: Transformer) throws -> Transformer {
        let file = try weights()
        let contents = try contents(of: file, on: base.configuration)
        let (model, tensors) = try contents.model(on: base)
        for tensor in tensors { try tensor.read(from: file) }
        let infinite = tensors.compactMap { file.problem(withValuesOf: $0.parameter, $0.name) }
        guard infinite.isEmpty else { throw badTensors(infinite) }
        try model.checkOutput(path: folder.path)
        return model
    }

    /// Everything that does not fit is told: first of the configuration, then of the tensors that it
    /// makes one expect.
    private func contents(
        of file: SafetensorsFile, on configuration: ModelConfiguration
    ) throws -> AdapterContents {
        var problems = adapter.problems
        let contents: AdapterContents
        do {
            contents = try AdapterContents(of: adapter, in: file, on: configuration, &problems)
        } catch let error as ModuleExpression.Endless {
            throw bad(problems + ["\(error)"])
        }
        guard problems.isEmpty else { throw bad(problems) }
        problems = contents.problems(in: file)
        guard problems.isEmpty else { throw badTensors(problems) }
        return contents
    }

    private func weights() throws -> SafetensorsFile {
        do {
            return try FineTunedModel.adapterWeights(in: folder)
        } catch {
            guard !adapter.problems.isEmpty else { throw error }
            throw ModelFolderError.several(["\(bad(adapter.problems))", "\(error)"])
        }
    }

    private func bad(_ problems: [String]) -> ModelFolderError {
        .badConfiguration(
            path: folder.appending(path: FineTunedModel.configurationFile).path, problems)
    }

    private func badTensors(_ problems: [String]) -> ModelFolderError {
        .badTensors(path: folder.appending(path: FineTunedModel.adapterFile).path, problems)
    }
}

extension FineTunedModel {
    /// The tensors of an adapter's folder.
    ///
    /// - Throws: `WeightFileError`, which says what lies there instead.
    fileprivate static func adapterWeights(
        in folder: URL
    ) throws(WeightFileError) -> SafetensorsFile {
        guard !folder.has(adapterFile) else {
            return try SafetensorsFile(folder.appending(path: adapterFile))
        }
        let others = [
            "adapters.safetensors": "is an adapter of MLX, and only those of PEFT are read",
            "adapter_model.bin":
                "is PyTorch's format, which can run programs; save it as safetensors",
        ]
        let other = others.sorted { $0.key < $1.key }.first { folder.has($0.key) }
        throw .noWeights(
            path: folder.path,
            reason: other.map { "\($0.key) \($0.value)" } ?? "\(adapterFile) is not there")
    }
}

extension URL {
    /// Whether a folder has a file of a name.
    func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: appending(path: name).path)
    }
}
