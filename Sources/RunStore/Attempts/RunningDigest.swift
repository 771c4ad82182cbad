internal import Crypto
internal import Foundation

/// The digest of bytes that come one after another.
struct RunningDigest {
    private var hash = SHA256()
    private(set) var bytes = 0

    private static let piece = 4 << 20

    init() {}

    /// Of the next bytes of an open file, `count` of them if it has so many.
    ///
    /// - Throws: `RunStoreError.system`.
    init(of file: FileDescriptor, first count: Int = .max) throws {
        while bytes < count {
            let piece = try file.read(upTo: min(Self.piece, count - bytes))
            if piece.isEmpty { break }
            add(piece)
        }
    }

    mutating func add(_ data: Data) {
        hash.update(data: data)
        bytes += data.count
    }

    /// Of all bytes so far.
    var digest: FileDigest {
        let digits = hash.finalize().map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }
        return FileDigest(bytes: bytes, sha256: digits.joined())
    }
}
