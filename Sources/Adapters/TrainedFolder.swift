package import Foundation
package import Models
internal import Tensors

/// A folder with what training made of a base model: an adapter in PEFT's form, or the whole model's
/// weights in Hugging Face's.
package struct TrainedFolder {
    private let folder: URL
    private var configurationFile: URL {
        folder.appending(path: FineTunedModel.configurationFile)
    }

    package init(_ folder: URL) { self.folder = folder }

    /// Whether there is an adapter, with or without weights beside it.
    package var isAdapter: Bool { has(FineTunedModel.configurationFile) }

    /// The counters and positions of whoever trained it; not of a whole model alone.
    package static let trainerFile = "trainer_state.json"

    /// Whether there is the state of a trainer, ours or another's of the same file name.
    package var hasTrainer: Bool { has(Self.trainerFile) }

    /// The model that the folder makes of `base`, for scoring; `base` is left as it is.
    ///
    /// - Throws: `ModelFolderError` for what does not fit, `WeightFileError`,
    ///   `TensorError.outOfMemory`.
    package func model(on base: Transformer) throws -> Transformer {
        if isAdapter { return try adapted(base) }
        guard has(WeightFileName.whole) || has(WeightFileName.index) else {
            throw ModelFolderError.unreadableConfiguration(
                path: folder.path,
                reason: "there is neither \(FineTunedModel.configurationFile) nor "
                    + "\(WeightFileName.whole) in it; give a checkpoint's folder, as in runs/NAME/checkpoints/ARM/step-N"
            )
        }
        return try whole(base)
    }

    /// The weights with the numbers of their own `config.json`, which may untie the head and must
    /// otherwise be the base's; with the base's where there is none.
    private func whole(_ base: Transformer) throws -> Transformer {
        var configuration = base.configuration
        if has(HuggingFaceConfiguration.fileName) {
            let file = folder.appending(path: HuggingFaceConfiguration.fileName)
            configuration = try HuggingFaceConfiguration.read(file)
            let differences = configuration.differences(from: base.configuration)
            guard differences.isEmpty else {
                throw ModelFolderError.badConfiguration(path: file.path, differences)
            }
        }
        return try Transformer.load(
            configuration, from: try openWeightFile(at: folder), path: folder.path)
    }

    private func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }

    private func adapted(_ base: Transformer) throws -> Transformer {
        let stored = StoredAdapter(try JSONObjectFile(configurationFile).values)
        guard stored.replacesWeights || !has(WeightFileName.whole) else {
            throw bad(stored.problems + [Self.weightsBeside])
        }
        let base = stored.replacesWeights ? try whole(base) : base
        let file: SafetensorsFile
        do {
            file = try weights()
        } catch {
            guard !stored.problems.isEmpty else { throw error }
            throw ModelFolderError.several(["\(bad(stored.problems))", "\(error)"])
        }
        let (untied, tables) = try withTables(of: file, base)
        let method = try method(stored, file, tables, base.configuration)
        var random = SystemRandomNumberGenerator()
        let tuned = try method.attach(to: untied, using: &random)
        try check(file, tuned)
        try tuned.readTrained(from: folder)
        let infinite = tuned.stored.compactMap {
            file.problem(withValuesOf: $0, $0.name)
        }
        guard infinite.isEmpty else { throw badTensors(infinite) }
        try tuned.model.checkOutput(path: folder.path)
        return tuned.model
    }

    private static var weightsBeside: String {
        "there are whole weights beside the adapter, and no \(AdapterKeys.mergedWeights) says that it "
            + "belongs on them; move \(WeightFileName.whole) or the adapter to a folder of its own"
    }

    private func method(
        _ stored: StoredAdapter, _ file: SafetensorsFile, _ tables: [VocabularyTable],
        _ configuration: ModelConfiguration
    ) throws(ModelFolderError) -> any FineTuningMethod {
        var problems = stored.problems
        let targets = stored.targets(in: file, on: configuration, &problems)
        problems += stored.problems(ofTables: tables, on: configuration)
        if problems.isEmpty {
            problems = stored.problems(reading: file, targets: targets, on: configuration)
        }
        guard problems.isEmpty else { throw bad(problems) }
        let adapter = stored.method(targets: targets)
        return tables.isEmpty ? adapter : TrainedTables(adapter, tables: Set(tables))
    }

    /// Every tensor of the adapter is in the file, and nothing else.
    private func check(
        _ file: SafetensorsFile, _ tuned: FineTunedModel
    ) throws(ModelFolderError) {
        let expected = tuned.files.map {
            (name: FineTunedModel.storedName(of: $0.name, in: file), shape: $0.shape)
        }
        let known = Set(expected.map(\.name))
        let problems =
            expected.compactMap { file.problem(ofShape: $0.shape, $0.name) }
            + file.tensorNames.filter { !known.contains($0) }
            .map { "\($0) has no place in the base model" }
        guard problems.isEmpty else { throw badTensors(problems) }
    }

    private func weights() throws(WeightFileError) -> SafetensorsFile {
        guard !has(FineTunedModel.adapterFile) else {
            return try SafetensorsFile(folder.appending(path: FineTunedModel.adapterFile))
        }
        let others = [
            "adapters.safetensors": "is an adapter of MLX, and only those of PEFT are read",
            "adapter_model.bin":
                "is PyTorch's format, which can run programs; save it as safetensors",
        ]
        let other = others.sorted { $0.key < $1.key }.first { has($0.key) }
        throw .noWeights(
            path: folder.path,
            reason: other.map { "\($0.key) \($0.value)" }
                ?? "\(FineTunedModel.adapterFile) is not there")
    }

    /// The whole tables that are stored beside an adapter, and the base that has room for them: one
    /// whose tables are tied gets a head of its own unless both are there and the same.
    private func withTables(
        of file: SafetensorsFile, _ base: Transformer
    ) throws -> (Transformer, [VocabularyTable]) {
        let names = VocabularyTable.allCases.map { table in
            (
                table,
                FineTunedModel.storedName(
                    of: FineTunedModel.name(of: table, base.configuration), in: file)
            )
        }
        let stored = names.filter { file.shape(of: $0.1) != nil }
        let tables = stored.map(\.0)
        guard base.configuration.tiesEmbeddings, !tables.isEmpty else { return (base, tables) }
        let isTied =
            try stored.count == 2
            && file.readFloats(stored[0].1) == file.readFloats(stored[1].1)
        return (isTied ? base : try base.untied(), tables)
    }

    private func bad(_ problems: [String]) -> ModelFolderError {
        .badConfiguration(path: configurationFile.path, problems)
    }

    private func badTensors(_ problems: [String]) -> ModelFolderError {
        .badTensors(
            path: folder.appending(path: FineTunedModel.adapterFile).path, problems)
    }
}
