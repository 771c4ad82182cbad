package import Foundation

/// How long a file is and what its bytes are, as SHA-256 (FIPS 180-4) in hexadecimal.
package struct FileDigest: Codable, Sendable, Equatable, CustomStringConvertible {
    package var bytes: Int
    package var sha256: String

    init(bytes: Int, sha256: String) {
        self.bytes = bytes
        self.sha256 = sha256
    }

    /// Of bytes in memory.
    package init(of data: Data) {
        var digest = RunningDigest()
        digest.add(data)
        self = digest.digest
    }

    /// Of a file that the user names, read once and in pieces.
    ///
    /// - Returns: nil for what is not a file: of a pipe the bytes come only once, and are not taken.
    /// - Throws: `RunStoreError.system`.
    package init?(of url: URL) throws {
        var status = stat()
        guard stat(url.path, &status) == 0 else { throw RunStoreError.last("read", url.path) }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        self = try RunningDigest(of: FileDescriptor(opening: url, flags: O_RDONLY)).digest
    }

    /// Enough of it for a person to compare.
    package var description: String { "\(bytes) bytes, SHA-256 \(sha256.prefix(12))" }
}
