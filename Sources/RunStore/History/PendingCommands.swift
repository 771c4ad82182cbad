import Foundation
import RunEvents

/// Commands that a resume cut off the log and that have not taken effect again yet.
///
/// They wait in `commands.json`, so that they survive when the resumed run is killed too.
enum PendingCommands {
    private struct Document: Codable {
        var schemaVersion = RunJSON.schemaVersion
        var commands: [ResumePoint.Command]
    }

    /// - Throws: `RunStoreError.malformed`, `RunStoreError.unknownSchema`, `RunStoreError.system`.
    static func read(_ folder: RunFolder) throws -> [ResumePoint.Command] {
        let path = folder.commandsFile.path
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let data = try RunStoreError.wrapping("read", folder.commandsFile) {
            try Data(contentsOf: folder.commandsFile)
        }
        guard let document = try? RunJSON.decoder().decode(Document.self, from: data) else {
            throw RunStoreError.malformed(path: path, line: 1, reason: "not a list of commands")
        }
        guard document.schemaVersion == RunJSON.schemaVersion else {
            throw RunStoreError.unknownSchema(
                path: path, found: document.schemaVersion, supported: RunJSON.schemaVersion)
        }
        return document.commands
    }

    /// Stores the commands that are not in the log.
    static func write(_ commands: [ResumePoint.Command], to folder: RunFolder) throws {
        let waiting = commands.filter { !$0.isRecorded }
        let isStored = FileManager.default.fileExists(atPath: folder.commandsFile.path)
        guard isStored || !waiting.isEmpty else { return }
        try writeAtomically(
            RunJSON.encoder(pretty: true).encode(Document(commands: waiting)),
            to: folder.commandsFile)
    }
}
