package import Foundation
internal import Platform

/// A base's own scores in the user's cache, in a file named after all that they depend on.
///
/// A first line names the form and the digest of the rest, so that what is damaged is not believed. The
/// file is replaced as a whole.
package struct BaseScoreFile: Sendable {
    package let url: URL

    /// More than the scores of a million items take.
    private static let limit = 256 << 20
    private static let form = "lethe base scores 1"

    /// - Parameters:
    ///   - inputs: The files of the run; what it trains on does not matter.
    ///   - settings: What else decides the scores: how they are measured, and by what.
    ///   - folder: Where such files are.
    package init(inputs: [RunAttempt.Input], settings: [String: String], in folder: URL) {
        let files = inputs.filter { $0.role != "train" }
            .map { "\($0.role) \($0.name) \($0.digest.bytes) \($0.digest.sha256)" }
        let others = settings.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let key = FileDigest(of: Data((files.sorted() + others).joined(separator: "\n").utf8))
        url = folder.appending(path: "\(key.sha256).scores")
    }

    /// `$XDG_CACHE_HOME/lethe/base-scores`, else in `~/.cache`, as the XDG base directory
    /// specification asks; nil where neither is known.
    package static func folder(_ environment: [String: String]) -> URL? {
        let caches =
            environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.cache" : nil }
        return caches.map { URL(filePath: $0).appending(path: "lethe/base-scores") }
    }

    /// What was written; nil if there is no such file, or it is not whole.
    ///
    /// Reading counts as use.
    package func read() -> Data? {
        guard let file = try? RegularFile.read(url, upTo: Self.limit + 1),
            file.count <= Self.limit, let end = file.firstIndex(of: UInt8(ascii: "\n"))
        else { return nil }
        let body = Data(file[(end + 1)...])
        guard file[..<end] == Self.header(of: body) else { return nil }
        utimensat(AT_FDCWD, url.path, nil, AT_SYMLINK_NOFOLLOW)
        return body
    }

    /// Writes the file, and removes those beside it that were not used for longest, beyond what a cache
    /// may hold.
    ///
    /// - Throws: `FileError`.
    package func write(_ data: Data) throws {
        let folder = url.deletingLastPathComponent()
        try Folder.create(folder)
        try WholeFile.write(Self.header(of: data) + [UInt8(ascii: "\n")] + data, to: url)
        BaseScoreCache(folder).prune()
    }

    private static func header(of body: Data) -> Data {
        Data("\(form) \(FileDigest(of: body).sha256)".utf8)
    }
}
