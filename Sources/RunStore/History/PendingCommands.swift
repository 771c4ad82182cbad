import Foundation
import RunEvents

/// What a resume cut off the log of commands, and what has not come again yet.
///
/// They wait in `commands.json`, so that they survive when the resumed run is killed too.
enum PendingCommands {
    private struct Document: Codable {
        var schemaVersion = RunJSON.schemaVersion
        var commands: [LostCommand]
    }

    /// Bytes of more commands than anybody gives between two checkpoints.
    private static let limit = 16 << 20

    /// - Throws: `RunStoreError.malformed`, `RunStoreError.unknownSchema`, `RunStoreError.outOfPlace`,
    ///   `RunStoreError.tooLarge`, `RunStoreError.system`.
    static func read(_ folder: RunFolder) throws -> [LostCommand] {
        guard let data = try folder.opened().read(RunFolder.Name.commands, limit: limit) else {
            return []
        }
        let path = folder.commandsFile.path
        guard let document = try? RunJSON.decoder().decode(Document.self, from: data) else {
            throw RunStoreError.malformed(path: path, line: 1, reason: "not a list of commands")
        }
        guard document.schemaVersion == RunJSON.schemaVersion else {
            throw RunStoreError.unknownSchema(
                path: path, found: document.schemaVersion, supported: RunJSON.schemaVersion)
        }
        for command in document.commands {
            guard let problem = command.request.problem(.applied) else { continue }
            throw RunStoreError.malformed(path: path, line: 1, reason: problem)
        }
        return document.commands
    }

    /// Stores what is not in the log.
    ///
    /// - Throws: `RunStoreError.system`.
    static func write(_ commands: [LostCommand], to folder: RunFolder) throws {
        let waiting = commands.filter { $0.part != .effect }
        let opened = try folder.opened()
        guard opened.kind(RunFolder.Name.commands) != nil || !waiting.isEmpty else { return }
        try opened.write(
            RunJSON.encoder(pretty: true).encode(Document(commands: waiting)),
            to: RunFolder.Name.commands)
    }
}
