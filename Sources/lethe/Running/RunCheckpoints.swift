import Foundation
import RunStore
import Studies

/// Keeps the checkpoints of a run in its folder.
struct RunCheckpoints: CheckpointStore {
    let folder: RunFolder

    func save(
        arm: String, step: Int, _ body: (URL) throws -> Void
    ) throws -> (path: String, bytes: Int) {
        let saved = try CheckpointFolder(run: folder, arm: arm).write(step: step, body)
        return (saved.path, saved.bytes)
    }

    func steps(arm: String) throws -> [Int] {
        try CheckpointFolder(run: folder, arm: arm).steps()
    }

    func remove(arm: String, step: Int) throws {
        try CheckpointFolder(run: folder, arm: arm).remove(step: step)
    }

    func folder(arm: String, step: Int) throws -> URL {
        try CheckpointFolder(run: folder, arm: arm).stored(step: step)
    }
}
