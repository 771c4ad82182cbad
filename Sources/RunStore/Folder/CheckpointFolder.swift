package import Foundation

/// The checkpoints of one arm: `checkpoints/<arm>/step-N/`.
///
/// A checkpoint is written into `step-N.partial` and renamed when all of it is on disk, so that a
/// folder named `step-N` is always whole.
package struct CheckpointFolder: Sendable {
    /// A checkpoint that is complete on disk.
    package struct Saved: Sendable, Equatable {
        /// Relative to the run folder.
        package var path: String
        package var bytes: Int

        package init(path: String, bytes: Int) {
            self.path = path
            self.bytes = bytes
        }
    }

    private static let partial = "partial"
    private static let replaced = "replaced"

    package let url: URL
    let arm: String

    /// - Throws: `RunStoreError.invalidName` if the arm's name cannot be a folder's.
    package init(run: RunFolder, arm: String) throws {
        try RunFolder.checkName(arm)
        self.arm = arm
        url = run.checkpointsFolder.appending(path: arm)
    }

    /// The checkpoints of every arm that has any, told by their folders alone.
    static func all(of run: RunFolder) throws -> [CheckpointFolder] {
        guard isFolder(run.checkpointsFolder) else { return [] }
        let names = try RunStoreError.wrapping("list", run.checkpointsFolder) {
            try FileManager.default.contentsOfDirectory(atPath: run.checkpointsFolder.path)
        }
        return names.sorted().compactMap { try? CheckpointFolder(run: run, arm: $0) }
            .filter { isFolder($0.url) }
    }

    /// The folder of a checkpoint, whether it exists or not.
    package func folder(step: Int) -> URL { url.appending(path: "step-\(step)") }

    /// Writes a checkpoint; one of the same step is replaced.
    ///
    /// - Parameters:
    ///   - step: Optimiser steps completed.
    ///   - body: Writes the files into the folder that it is given.
    /// - Returns: what the event `checkpointSaved` tells.
    /// - Throws: what `body` throws, or `RunStoreError.system`; nothing of the checkpoint is left.
    package func write(step: Int, _ body: (URL) throws -> Void) throws -> Saved {
        let target = folder(step: step)
        let draft = target.appendingPathExtension(Self.partial)
        try removeIfPresent(draft)
        try RunFolder.createFolder(draft)
        do {
            try body(draft)
            let bytes = try Self.syncTree(draft)
            try put(draft, at: target)
            return Saved(path: "checkpoints/\(arm)/step-\(step)", bytes: bytes)
        } catch {
            try? removeIfPresent(draft)
            throw error
        }
    }

    /// Steps of the complete checkpoints, ascending.
    package func steps() throws -> [Int] {
        try names().compactMap { name in
            name.hasPrefix("step-") ? Int(name.dropFirst(5)) : nil
        }.filter { $0 >= 0 }.sorted()
    }

    /// Removes all but the newest `count` checkpoints.
    ///
    /// - Precondition: `count` > 0.
    package func removeOlder(keeping count: Int) throws {
        precondition(count > 0, "at least one checkpoint must stay")
        for step in try steps().dropLast(count) { try discard(step) }
    }

    /// Removes the checkpoints of later steps.
    package func remove(after step: Int) throws {
        for later in try steps() where later > step { try discard(later) }
    }

    /// Clears what a kill left behind: drafts go, a checkpoint that was being replaced comes back.
    package func recover() throws {
        for name in try names() {
            let leftover = url.appending(path: name)
            if leftover.pathExtension == Self.partial { try removeIfPresent(leftover) }
            guard leftover.pathExtension == Self.replaced else { continue }
            let original = leftover.deletingPathExtension()
            if FileManager.default.fileExists(atPath: original.path) {
                try removeIfPresent(leftover)
            } else {
                try Self.move(leftover, to: original)
            }
        }
    }

    /// True if a whole checkpoint is at this path, as a `checkpointSaved` event gives it.
    static func isComplete(path: String, in run: RunFolder) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "checkpoints", parts[2].hasPrefix("step-"),
            let checkpoints = try? CheckpointFolder(run: run, arm: String(parts[1])),
            let step = Int(parts[2].dropFirst(5))
        else { return false }
        let target = checkpoints.folder(step: step)
        return isFolder(target) || isFolder(target.appendingPathExtension(replaced))
    }

    private static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        return exists && isFolder.boolValue
    }

    private func names() throws -> [String] {
        guard FileManager.default.fileExists(atPath: url.path) else { return [] }
        return try RunStoreError.wrapping("list", url) {
            try FileManager.default.contentsOfDirectory(atPath: url.path)
        }
    }

    private func put(_ draft: URL, at target: URL) throws {
        let old = target.appendingPathExtension(Self.replaced)
        if FileManager.default.fileExists(atPath: target.path) {
            try removeIfPresent(old)
            try Self.move(target, to: old)
        }
        try Self.move(draft, to: target)
        try syncFolder(url)
        try syncFolder(url.deletingLastPathComponent())
        try removeIfPresent(old)
    }

    /// Removes a checkpoint under another name, so that half of one never looks whole.
    private func discard(_ step: Int) throws {
        let doomed = folder(step: step).appendingPathExtension(Self.partial)
        try removeIfPresent(doomed)
        try Self.move(folder(step: step), to: doomed)
        try removeIfPresent(doomed)
    }

    private static func move(_ source: URL, to target: URL) throws {
        guard rename(source.path, target.path) == 0 else {
            throw RunStoreError.last("rename to \(target.lastPathComponent)", source.path)
        }
    }

    private func removeIfPresent(_ folder: URL) throws {
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        try RunStoreError.wrapping("remove", folder) {
            try FileManager.default.removeItem(at: folder)
        }
    }

    /// Forces a folder and everything in it to the disk, and counts the bytes of its files.
    private static func syncTree(_ folder: URL) throws -> Int {
        var bytes = 0
        let items = try RunStoreError.wrapping("list", folder) {
            try FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: [.isDirectoryKey, .fileSizeKey])
        }
        for item in items {
            let values = try RunStoreError.wrapping("read", item) {
                try item.resourceValues(forKeys: [.isDirectoryKey, .fileSizeKey])
            }
            if values.isDirectory == true {
                bytes += try syncTree(item)
            } else {
                try FileDescriptor(opening: item, flags: O_RDONLY).sync()
                bytes += values.fileSize ?? 0
            }
        }
        try syncFolder(folder)
        return bytes
    }
}
