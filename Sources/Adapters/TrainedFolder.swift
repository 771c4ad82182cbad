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

    /// The model that the folder makes of `base`, for scoring; `base` is left as it is.
    ///
    /// - Throws: `ModelFolderError` for what does not fit, `WeightFileError`,
    ///   `TensorError.outOfMemory`.
    package func model(on base: Transformer) throws -> Transformer {
        if isAdapter {
            // Updates that were merged are in weights beside the adapter.
            return try adapted(has(WeightFileName.whole) ? try whole(base) : base)
        }
        guard has(WeightFileName.whole) || has(WeightFileName.index) else {
            throw ModelFolderError.unreadableConfiguration(
                path: folder.path,
                reason: "there is neither \(FineTunedModel.configurationFile) nor "
                    + "\(WeightFileName.whole) in it; give a checkpoint's folder, as in runs/NAME/checkpoints/ARM/step-N"
            )
        }
        return try whole(base)
    }

    private func whole(_ base: Transformer) throws -> Transformer {
        try Transformer.load(
            base.configuration, from: try openWeightFile(at: folder), path: folder.path)
    }

    private func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }

    private func adapted(_ base: Transformer) throws -> Transformer {
        let file = try SafetensorsFile(folder.appending(path: FineTunedModel.adapterFile))
        let (base, tables) = try withTables(of: file, base)
        let stored = try configuration()
        let problems = stored.problems(reading: file, on: base.configuration)
        guard problems.isEmpty else { throw bad(problems) }
        let adapter = stored.method(targets: stored.targets(in: file))
        let method: any FineTuningMethod =
            tables.isEmpty ? adapter : TrainedTables(adapter, tables: Set(tables))
        var random = SystemRandomNumberGenerator()
        let tuned = try method.attach(to: base, using: &random)
        let known = Set(tuned.files.map { FineTunedModel.storedName(of: $0.name, in: file) })
        let unknown = file.tensorNames.filter { !known.contains($0) }
        guard unknown.isEmpty else {
            throw ModelFolderError.badTensors(
                path: folder.path, unknown.map { "\($0) has no place in the base model" })
        }
        try tuned.readTrained(from: folder)
        return tuned.model
    }

    /// The whole tables that are stored beside an adapter, and the base that has room for them: one
    /// whose tables are tied gets a head of its own unless both are there and the same.
    private func withTables(
        of file: SafetensorsFile, _ base: Transformer
    ) throws -> (Transformer, [VocabularyTable]) {
        let names = VocabularyTable.allCases.map { table in
            (table, FineTunedModel.storedName(of: FineTunedModel.name(of: table), in: file))
        }
        let stored = names.filter { file.shape(of: $0.1) != nil }
        let tables = stored.map(\.0)
        guard base.configuration.tiesEmbeddings, !tables.isEmpty else { return (base, tables) }
        let isTied =
            try stored.count == 2
            && file.readFloats(stored[0].1) == file.readFloats(stored[1].1)
        return (isTied ? base : try base.untied(), tables)
    }

    private func configuration() throws -> StoredAdapter {
        let stored: StoredAdapter
        do {
            stored = try JSONDecoder().decode(
                StoredAdapter.self, from: try Data(contentsOf: configurationFile))
        } catch {
            throw ModelFolderError.unreadableConfiguration(
                path: configurationFile.path, reason: StoredAdapter.reason(error))
        }
        guard stored.problems.isEmpty else { throw bad(stored.problems) }
        return stored
    }

    private func bad(_ problems: [String]) -> ModelFolderError {
        .badConfiguration(path: configurationFile.path, problems)
    }
}
