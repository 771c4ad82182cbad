package import Foundation

/// The folder of bases' scores, which holds those that were used last.
///
/// Several processes use it at once. A file is only ever replaced or removed as a whole, so that whoever
/// reads one reads all of it; of one that is gone the base is measured again.
package struct BaseScoreCache: Sendable {
    private struct Entry {
        let name: String
        let bytes: Int
        /// When it was last used, in seconds and nanoseconds.
        let use: (Int, Int)

        func isNewer(than other: Entry) -> Bool {
            (use.0, use.1, name) > (other.use.0, other.use.1, other.name)
        }
    }

    private let folder: URL
    private let mostFiles: Int
    private let mostBytes: Int

    /// More bases and data than anybody works with at a time.
    package static let (mostFiles, mostBytes) = (64, 512 << 20)
    /// A draft of this age is nobody's any more.
    private static let oldestDraft = 24 * 60 * 60

    package init(
        _ folder: URL, mostFiles: Int = Self.mostFiles, mostBytes: Int = Self.mostBytes
    ) {
        self.folder = folder
        self.mostFiles = mostFiles
        self.mostBytes = mostBytes
    }

    /// Removes what is too much, the longest unused first, and drafts that a kill left.
    ///
    /// The newest file stays whatever its size, and so does what cannot be removed.
    package func prune() {
        guard let opened = try? OpenFolder(folder), let names = try? opened.names() else { return }
        let files = names.filter { $0.hasSuffix(".scores") }.compactMap { entry($0, opened) }
        var left = (files: mostFiles, bytes: mostBytes)
        for (index, file) in files.sorted(by: { $0.isNewer(than: $1) }).enumerated() {
            left = (left.files - 1, left.bytes - file.bytes)
            if index > 0, left.files < 0 || left.bytes < 0 { try? opened.remove(file.name) }
        }
        let old = Int(Date().timeIntervalSince1970) - Self.oldestDraft
        for name in names where name.hasPrefix(".lethe-") {
            if let draft = entry(name, opened), draft.use.0 < old { try? opened.remove(name) }
        }
    }

    /// nil for what is no plain file.
    private func entry(_ name: String, _ opened: OpenFolder) -> Entry? {
        guard opened.kind(name) == .file, let size = opened.size(name),
            let use = opened.modification(name)
        else { return nil }
        return Entry(name: name, bytes: size, use: use)
    }
}
