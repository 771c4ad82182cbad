package import Foundation
package import Models

/// A folder with what training made of a base model: an adapter in PEFT's form, or the whole model's
/// weights in Hugging Face's.
package struct TrainedFolder {
    private let folder: URL

    package init(_ folder: URL) { self.folder = folder }

    /// Whether there is an adapter, with or without weights beside it.
    package var isAdapter: Bool { folder.has(FineTunedModel.configurationFile) }

    /// The counters and positions of whoever trained it; not of a whole model alone.
    package static let trainerFile = "trainer_state.json"

    /// Whether there is the state of a trainer, ours or another's of the same file name.
    package var hasTrainer: Bool { folder.has(Self.trainerFile) }

    /// The model that the folder makes of `base`, for scoring; `base` is left as it is.
    ///
    /// - Throws: `ModelFolderError` for what does not fit, `WeightFileError`,
    ///   `TensorError.outOfMemory`.
    package func model(on base: Transformer) throws -> Transformer {
        if isAdapter {
            let adapter = try AdapterFolder(folder)
            return try adapter.model(on: adapter.replacesWeights ? whole(base) : base)
        }
        guard folder.has(WeightFileName.whole) || folder.has(WeightFileName.index) else {
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
        if folder.has(HuggingFaceConfiguration.fileName) {
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
}
