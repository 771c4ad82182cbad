package import Foundation

/// A file that only grows, a whole line at a time.
package final class AppendFile {
    private let file: FileDescriptor
    /// Bytes of complete lines.
    private var length: off_t

    /// Goes on at the end of a file that is open for appending.
    package init(_ file: FileDescriptor) {
        self.file = file
        length = max(lseek(file.raw, 0, SEEK_END), 0)
    }

    /// Opens the file, or creates it.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.system`.
    convenience init(_ name: String, in folder: OpenFolder) throws {
        self.init(try folder.file(name, flags: O_WRONLY | O_CREAT | O_APPEND))
    }

    /// Bytes so far.
    var size: Int { Int(length) }

    /// True while nothing was ever written.
    package var isEmpty: Bool { length == 0 }

    /// Hands one line to the operating system; the line break is added here.
    ///
    /// - Returns: The bytes that were written.
    /// - Throws: `RunStoreError.system`; what was written of the line is cut off again.
    @discardableResult
    package func append(line: String) throws -> Data {
        let data = Data((line + "\n").utf8)
        try append(data)
        return data
    }

    /// Hands bytes to the operating system, all or none.
    ///
    /// - Throws: As `append(line:)`.
    func append(_ data: Data) throws {
        do {
            try writeAll(data, to: file.raw, path: file.path)
            length += off_t(data.count)
        } catch {
            // A rest that cannot be cut now is cut when the run is opened again.
            _ = ftruncate(file.raw, length)
            throw error
        }
    }

    /// Forces all lines down to the disk.
    package func sync() throws { try file.sync() }
}
