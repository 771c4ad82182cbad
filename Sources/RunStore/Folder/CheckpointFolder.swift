package import Foundation

/// The checkpoints of one arm: `checkpoints/<arm>/step-N/`.
///
/// A checkpoint is written into `step-N.partial` and renamed when all of it is on disk, so that a
/// folder named `step-N` is always whole. Nothing with another name is touched.
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

    private static let stem = "step-"
    private static let partial = ".partial"
    private static let replaced = ".replaced"

    private let run: RunFolder
    let arm: String
    package var url: URL { run.checkpointsFolder.appending(path: arm) }

    /// - Throws: `RunStoreError.invalidName` if the arm's name cannot be a folder's.
    package init(run: RunFolder, arm: String) throws {
        try RunFolder.checkName(arm)
        self.run = run
        self.arm = arm
    }

    /// The folder of a checkpoint, whether it exists or not.
    package func folder(step: Int) -> URL { url.appending(path: Self.name(step)) }

    private static func name(_ step: Int) -> String { "\(stem)\(step)" }

    /// The step of a name that lethe gives; nil for any other.
    private static func step(_ name: some StringProtocol) -> Int? {
        guard let step = Int(name.dropFirst(stem.count)), step >= 0, name == Self.name(step)
        else { return nil }
        return step
    }

    /// The folder; nil if the arm has none yet.
    private func opened() throws -> OpenFolder? {
        try run.opened().folder(RunFolder.Name.checkpoints)?.folder(arm)
    }

    /// Checks that the arm's checkpoints are a folder of this run, or can become one.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    func check() throws { _ = try opened() }

    // MARK: - Writing

    /// Writes a checkpoint; one of the same step is replaced.
    ///
    /// - Parameters:
    ///   - step: Optimiser steps completed.
    ///   - body: Writes the files into the folder that it is given, which is new.
    /// - Returns: what the event `checkpointSaved` tells.
    /// - Throws: what `body` throws, or `RunStoreError`; nothing of the checkpoint is left.
    package func write(step: Int, _ body: (URL) throws -> Void) throws -> Saved {
        let parent = try run.opened().makeFolder(RunFolder.Name.checkpoints)
        let folder = try parent.makeFolder(arm)
        let draft = Self.name(step) + Self.partial
        try folder.remove(draft)
        let drafted = try folder.makeFolder(draft)
        do {
            try body(url.appending(path: draft))
            let bytes = try drafted.syncTree()
            try put(draft, step, in: folder)
            try parent.sync()
            return Saved(path: path(step: step), bytes: bytes)
        } catch {
            try? folder.remove(draft)
            throw error
        }
    }

    /// Where a checkpoint is, relative to the run folder.
    private func path(step: Int) -> String {
        [RunFolder.Name.checkpoints, arm, Self.name(step)].joined(separator: "/")
    }

    private func put(_ draft: String, _ step: Int, in folder: OpenFolder) throws {
        let target = Self.name(step)
        let old = target + Self.replaced
        if folder.kind(target) != nil {
            try folder.remove(old)
            try folder.rename(target, to: old)
        }
        try folder.rename(draft, to: target)
        try folder.sync()
        try folder.remove(old)
    }

    // MARK: - Reading

    /// Steps of the complete checkpoints, ascending.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package func steps() throws -> [Int] {
        guard let folder = try opened() else { return [] }
        return try steps(in: folder)
    }

    private func steps(in folder: OpenFolder) throws -> [Int] {
        try folder.names().compactMap(Self.step).filter { folder.kind(Self.name($0)) == .folder }
            .sorted()
    }

    /// Whether a whole checkpoint of this step is on disk.
    func isComplete(step: Int) -> Bool { (try? stored(step)) ?? nil != nil }

    /// The name of a whole checkpoint: its own, or that of one whose successor a kill kept from
    /// taking its place.
    private func stored(_ step: Int) throws -> String? {
        guard let folder = try opened() else { return nil }
        return [Self.name(step), Self.name(step) + Self.replaced].first {
            folder.kind($0) == .folder
        }
    }

    /// The folder of a stored checkpoint, every file in which is a plain one.
    ///
    /// - Throws: `RunStoreError.checkpointsMissing`, `RunStoreError.outOfPlace`,
    ///   `RunStoreError.system`.
    package func stored(step: Int) throws -> URL {
        guard let name = try stored(step), let folder = try opened()?.folder(name) else {
            throw RunStoreError.checkpointsMissing(path: run.url.path, arm: arm, step: step)
        }
        for file in try folder.names() { try folder.check(file, is: .file) }
        return url.appending(path: name)
    }

    // MARK: - Removing

    /// Removes the checkpoint of a step, if it is there.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package func remove(step: Int) throws {
        guard let folder = try opened(), folder.kind(Self.name(step)) == .folder else { return }
        try discard(step, in: folder)
    }

    /// Removes the checkpoints of later steps.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package func remove(after step: Int) throws {
        guard let folder = try opened() else { return }
        for later in try steps(in: folder) where later > step { try discard(later, in: folder) }
    }

    /// Removes a checkpoint under another name, so that half of one never looks whole.
    private func discard(_ step: Int, in folder: OpenFolder) throws {
        let doomed = Self.name(step) + Self.partial
        try folder.remove(doomed)
        try folder.rename(Self.name(step), to: doomed)
        try folder.remove(doomed)
    }

    /// Clears what a kill left behind: drafts go, a checkpoint that was being replaced comes back.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    package func recover() throws {
        guard let folder = try opened() else { return }
        for name in try folder.names() where folder.kind(name) == .folder {
            if let step = Self.step(name, ending: Self.partial) {
                try folder.remove(Self.name(step) + Self.partial)
            } else if let step = Self.step(name, ending: Self.replaced) {
                if folder.kind(Self.name(step)) == nil {
                    try folder.rename(name, to: Self.name(step))
                } else {
                    try folder.remove(name)
                }
            }
        }
    }

    private static func step(_ name: String, ending: String) -> Int? {
        name.hasSuffix(ending) ? step(name.dropLast(ending.count)) : nil
    }
}
