internal import Crypto
package import Foundation

/// How long a file is and what its bytes are, as SHA-256 (FIPS 180-4) in hexadecimal.
package struct FileDigest: Codable, Sendable, Equatable, CustomStringConvertible {
    package var bytes: Int
    package var sha256: String

    private static let piece = 4 << 20

    /// Of bytes in memory.
    package init(of data: Data) {
        bytes = data.count
        sha256 = Self.text(SHA256.hash(data: data))
    }

    /// Of a file that the user names, read once and in pieces.
    ///
    /// - Returns: nil for what is not a file: of a pipe the bytes come only once, and are not taken.
    /// - Throws: `RunStoreError.system`.
    package init?(of url: URL) throws {
        var status = stat()
        guard stat(url.path, &status) == 0 else { throw RunStoreError.last("read", url.path) }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        let file = try FileDescriptor(opening: url, flags: O_RDONLY)
        var hash = SHA256()
        var count = 0
        while case let piece = try file.read(upTo: Self.piece), !piece.isEmpty {
            hash.update(data: piece)
            count += piece.count
        }
        bytes = count
        sha256 = Self.text(hash.finalize())
    }

    private static func text(_ digest: SHA256.Digest) -> String {
        digest.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// Enough of it for a person to compare.
    package var description: String { "\(bytes) bytes, SHA-256 \(sha256.prefix(12))" }
}
