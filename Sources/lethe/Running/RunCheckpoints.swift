import Foundation
import RunStore
import Studies

/// Keeps the checkpoints of a run in its folder.
struct RunCheckpoints: CheckpointStore {
    let folder: RunFolder
    /// How many of an arm stay.
    let keep: Int

    func save(
        arm: String, step: Int, _ body: (URL) throws -> Void
    ) throws -> (path: String, bytes: Int) {
        let saved = try CheckpointFolder(run: folder, arm: arm).write(step: step, body)
        return (saved.path, saved.bytes)
    }

    func removeOlder(arm: String) throws {
        try CheckpointFolder(run: folder, arm: arm).removeOlder(keeping: keep)
    }

    func folder(arm: String, step: Int) throws -> URL {
        try CheckpointFolder(run: folder, arm: arm).stored(step: step)
    }
}
