internal import Adapters
package import Foundation
internal import Models
internal import Tensors

/// An arm's complete training state as files in a folder.
///
/// The trained tensors under their published names (`model.safetensors` or
/// `adapter_model.safetensors`), the optimiser's buffers (`optimizer.safetensors`), counters and
/// positions (`trainer_state.json`). The caller makes the folder appear atomically.
package enum Checkpoint {
    static let schemaVersion = 2
    private static let optimizerFile = "optimizer.safetensors"
    private static let stateFile = "trainer_state.json"

    private struct State: Codable {
        var schemaVersion: Int
        var progress: TrainerProgress
    }

    /// What every version of the state begins with.
    private struct Version: Decodable {
        var schemaVersion: Int
    }

    /// Whether a folder holds the state of a trainer, ours or another's of the same file name.
    package static func exists(in folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: stateFile).path)
    }

    /// Writes the state of a trainer into an existing folder.
    ///
    /// - Throws: `WeightFileError` or Foundation's error if something cannot be written.
    package static func write(_ trainer: Trainer, to folder: URL) throws {
        try trainer.optimizer.withResult { try trainer.tuned.writeTrained(to: folder) }
        var writer = SafetensorsWriter(metadata: ["format": "pt"])
        for (name, parameter, storage) in optimizerTensors(of: trainer) {
            writer.add(
                name, shape: parameter.storedShape, values: UnsafeBufferPointer(storage.buffer))
        }
        try writer.write(to: folder.appending(path: optimizerFile))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let state = State(schemaVersion: schemaVersion, progress: trainer.progress)
        try encoder.encode(state).write(to: folder.appending(path: stateFile), options: .atomic)
    }

    /// Puts a trainer of the same arm into the state of a checkpoint.
    ///
    /// - Throws: `CheckpointError`, `WeightFileError`, `ModelFolderError.badTensors`,
    ///   `DatasetError.positionOutOfRange`.
    package static func restore(_ trainer: Trainer, from folder: URL) throws {
        let state = try readState(folder.appending(path: stateFile))
        try trainer.tuned.readTrained(from: folder)
        let url = folder.appending(path: optimizerFile)
        let file = try SafetensorsFile(url)
        let tensors = optimizerTensors(of: trainer)
        try file.check(tensors.map { ($0.name, $0.parameter.storedShape) }, path: url.path)
        for (name, _, storage) in tensors { try file.read(name, into: storage.buffer) }
        try trainer.restore(state.progress)
    }

    private static func readState(_ url: URL) throws -> State {
        do {
            let data = try Data(contentsOf: url)
            let version = try JSONDecoder().decode(Version.self, from: data).schemaVersion
            guard version == schemaVersion else {
                throw CheckpointError.unknownVersion(path: url.path, version: version)
            }
            return try JSONDecoder().decode(State.self, from: data)
        } catch let error as CheckpointError {
            throw error
        } catch {
            throw CheckpointError.unreadableState(
                path: url.path, reason: error.localizedDescription)
        }
    }

    /// The optimiser's buffers, and the parameters themselves where the result is something else.
    private static func optimizerTensors(
        of trainer: Trainer
    ) -> [(name: String, parameter: Parameter, storage: Storage)] {
        let optimizer = trainer.optimizer
        return optimizer.parameters.enumerated().flatMap { index, parameter in
            optimizer.buffers.map {
                ($0.name + "." + parameter.name, parameter, $0.storages[index])
            }
                + (optimizer.trainsOnResult
                    ? [] : [("trained." + parameter.name, parameter, parameter.storage)])
        }
    }
}

/// What can be wrong with a checkpoint beyond its weight files.
package enum CheckpointError: Error, Equatable, Sendable, CustomStringConvertible {
    case unreadableState(path: String, reason: String)
    case unknownVersion(path: String, version: Int)

    package var description: String {
        switch self {
        case .unreadableState(let path, let reason):
            "\(path): cannot read the training state: \(reason)"
        case .unknownVersion(let path, let version):
            "\(path): schemaVersion \(version) is not known; resume with the version that wrote it"
        }
    }
}
