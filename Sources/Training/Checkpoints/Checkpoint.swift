internal import Adapters
package import Foundation
internal import Kernels
internal import Models
internal import Platform
internal import Tensors

/// An arm's complete training state as files in a folder.
///
/// The trained tensors under their published names (`model.safetensors` or
/// `adapter_model.safetensors`), the optimiser's buffers (`optimizer.safetensors`), counters and
/// positions (`trainer_state.json`). The caller makes the folder appear atomically.
package enum Checkpoint {
    static let schemaVersion = 2
    private static let optimizerFile = "optimizer.safetensors"
    private static let stateFile = TrainedFolder.trainerFile

    private struct State: Codable {
        var schemaVersion: Int
        var progress: TrainerProgress
    }

    /// What every version of the state begins with.
    private struct Version: Decodable {
        var schemaVersion: Int
    }

    /// Writes the state of a trainer into an existing folder.
    ///
    /// - Throws: `WeightFileError` or `FileError` if something cannot be written.
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
        try WholeFile.write(try encoder.encode(state), to: folder.appending(path: stateFile))
    }

    /// What is known of a checkpoint before it is read.
    package struct Expectation: Sendable {
        /// The step that its folder is named after; nil if it has no such name.
        package var step: Int?
        /// The peak of the schedule that a command had set; nil for the plan's.
        package var learningRate: Double?
        /// Whether the arm had ended because its numbers were not finite.
        package var isDiverged: Bool

        package init(step: Int? = nil, learningRate: Double? = nil, isDiverged: Bool = false) {
            self.step = step
            self.learningRate = learningRate
            self.isDiverged = isDiverged
        }
    }

    /// Puts a trainer of the same arm into the state of a checkpoint.
    ///
    /// What is stored is believed only if it can have come about by the trainer's own plan and data.
    ///
    /// - Throws: `CheckpointError`, `WeightFileError`, `ModelFolderError.badTensors`. The trainer must
    ///   not be used then.
    package static func restore(
        _ trainer: Trainer, from folder: URL, expecting expected: Expectation = Expectation()
    ) throws {
        let stateURL = folder.appending(path: stateFile)
        let progress = try readState(stateURL).progress
        let problems = trainer.problems(of: progress, expecting: expected)
        guard problems.isEmpty else {
            throw CheckpointError.contradictions(path: stateURL.path, problems)
        }
        try trainer.tuned.readTrained(from: folder)
        let tensors = optimizerTensors(of: trainer)
        try read(tensors, from: folder.appending(path: optimizerFile))
        if !expected.isDiverged {
            try checkFinite(trainer, folder)
        }
        try trainer.restore(progress)
    }

    private static func read(_ tensors: [OptimizerTensor], from url: URL) throws {
        let file = try SafetensorsFile(url)
        try file.check(tensors.map { ($0.name, $0.parameter.storedShape) }, path: url.path)
        let others = Set(file.tensorNames).subtracting(tensors.map(\.name)).sorted()
        guard others.isEmpty else {
            throw CheckpointError.contradictions(
                path: url.path, others.map { "\($0), which the arm's optimizer does not have" })
        }
        for (name, _, storage) in tensors { try file.read(name, into: storage.buffer) }
    }

    private static func checkFinite(_ trainer: Trainer, _ folder: URL) throws {
        let bad = infiniteTensors(of: trainer)
        guard bad.isEmpty else {
            throw CheckpointError.contradictions(
                path: folder.path, bad.map { "values in \($0) that are not finite" })
        }
    }

    /// The names of the tensors of a checkpoint that hold values that are not finite.
    fileprivate static func infiniteTensors(of trainer: Trainer) -> [String] {
        let trained = trainer.tuned.trainable.map { ($0.name, $0.storage) }
        return (trained + optimizerTensors(of: trainer).map { ($0.name, $0.storage) })
            .filter { _, storage in
                !Elementwise.sumOfSquares(storage.base, count: storage.count).isFinite
            }.map(\.0)
    }

    private static func readState(_ url: URL) throws -> State {
        do {
            let data = try RegularFile.read(url)
            let version = try JSONDecoder().decode(Version.self, from: data).schemaVersion
            guard version == schemaVersion else {
                throw CheckpointError.unknownVersion(path: url.path, version: version)
            }
            return try JSONDecoder().decode(State.self, from: data)
        } catch let error as CheckpointError {
            throw error
        } catch let error as FileError {
            throw CheckpointError.unreadableState(path: url.path, reason: error.reason)
        } catch {
            throw CheckpointError.unreadableState(
                path: url.path, reason: reason(of: error))
        }
    }

    private typealias OptimizerTensor = (name: String, parameter: Parameter, storage: Storage)

    /// The optimiser's buffers, and the parameters themselves where the result is something else.
    private static func optimizerTensors(of trainer: Trainer) -> [OptimizerTensor] {
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

extension Trainer {
    /// Whether training can go on from its state: an update can leave weights that are not finite, though
    /// loss and gradient were.
    package var isFinite: Bool { Checkpoint.infiniteTensors(of: self).isEmpty }
}

/// What can be wrong with a checkpoint beyond its weight files.
package enum CheckpointError: Error, Equatable, Sendable, CustomStringConvertible {
    case unreadableState(path: String, reason: String)
    case unknownVersion(path: String, version: Int)
    /// What is stored cannot have come about by the run's plan and data.
    case contradictions(path: String, [String])

    package var description: String {
        switch self {
        case .unreadableState(let path, let reason):
            "\(path): cannot read the training state: \(reason)"
        case .contradictions(let path, let problems):
            "\(path): does not fit the run: \(problems.prefix(8).joined(separator: "; "));"
                + " restore the checkpoint from a copy, or start a new run"
        case .unknownVersion(let path, let version):
            "\(path): schemaVersion \(version) is not known; resume with the version that wrote it"
        }
    }
}
