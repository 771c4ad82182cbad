package import Foundation
internal import Platform

/// Reads whole files, compressed ones too.
package enum FileContents {
    /// The most bytes that a compressed file may expand to.
    static let expandedLimit = 4 << 30

    private static let gzipMark: [UInt8] = [0x1F, 0x8B]

    /// The bytes of `file`, in UTF-8 if they are text and without a byte order mark; what is compressed
    /// with gzip, or has a name ending in `.gz`, is expanded with `gunzip`.
    /// - Throws: `DatasetError.unreadable`, or `.foreign` for a form of file that is not read.
    package static func read(_ file: URL) throws(DatasetError) -> Data {
        var data = try contents(of: file)
        if file.pathExtension == "gz" || data.starts(with: gzipMark) { data = try expand(file) }
        if let form = ForeignForm.name(of: data) {
            throw .foreign(path: file.path, form: form)
        }
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return data.starts(with: byteOrderMark) ? data.dropFirst(byteOrderMark.count) : data
    }

    private static func contents(of file: URL) throws(DatasetError) -> Data {
        do {
            return try RegularFile.read(file)
        } catch {
            throw .unreadable(path: file.path, reason: error.reason)
        }
    }

    private static func expand(_ file: URL) throws(DatasetError) -> Data {
        let gunzip: ChildProgram.Outcome
        do {
            gunzip = try ChildProgram(["gunzip", "-c"]).run(input: file, limit: expandedLimit)
        } catch {
            throw .unreadable(
                path: file.path, reason: "cannot expand it with gunzip: \(error.reason)")
        }
        guard gunzip.status == 0 else {
            throw .unreadable(path: file.path, reason: "gunzip failed: damaged file?")
        }
        return gunzip.output
    }
}
