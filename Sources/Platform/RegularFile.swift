package import Foundation

/// Files that can be read as a whole: no folders, and no pipes or devices, which may never end.
package enum RegularFile {
    /// Why there is no such file at `url`, behind links; nil if there is one.
    package static func problem(_ url: URL) -> String? {
        var status = stat()
        guard stat(url.path, &status) == 0 else { return SystemReason.last.description }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return nil
        case S_IFDIR: return SystemReason(code: EISDIR).description
        default: return "it is a pipe or a device; name a file"
        }
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - url: Where it is, behind links.
    ///   - most: The bytes from its start that are read; all without it.
    /// - Returns: Its bytes.
    /// - Throws: `FileError`.
    package static func read(_ url: URL, upTo most: Int = .max) throws(FileError) -> Data {
        if let problem = problem(url) { throw FileError("read", url.path, problem) }
        // Not to wait for ever should it have become a pipe meanwhile.
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .last("read", url) }
        defer { close(descriptor) }
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: min(most, 1 << 20))
        while data.count < most {
            let count = Foundation.read(
                descriptor, &buffer, min(buffer.count, most - data.count))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .last("read", url) }
            if count == 0 { break }
            data.append(contentsOf: buffer[..<count])
        }
        return data
    }
}
