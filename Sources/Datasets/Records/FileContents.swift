package import Foundation

/// Reads whole files, compressed ones too.
package enum FileContents {
    /// The most bytes that a compressed file may expand to.
    static let expandedLimit = 4 << 30

    private static let gzipMark: [UInt8] = [0x1F, 0x8B]

    /// The bytes of `file`, in UTF-8 if they are text and without a byte order mark; what is compressed
    /// with gzip, or has a name ending in `.gz`, is expanded with `gunzip`.
    /// - Throws: `DatasetError.unreadable`, or `.foreign` for a form of file that is not read.
    package static func read(_ file: URL) throws(DatasetError) -> Data {
        do {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder),
                isFolder.boolValue
            {
                throw DatasetError.unreadable(path: file.path, reason: "it is a folder")
            }
            var data = try Data(contentsOf: file)
            if file.pathExtension == "gz" || data.starts(with: gzipMark) { data = try expand(file) }
            if let form = ForeignForm.name(of: data) {
                throw DatasetError.foreign(path: file.path, form: form)
            }
            let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
            return data.starts(with: byteOrderMark) ? data.dropFirst(byteOrderMark.count) : data
        } catch let error as DatasetError {
            throw error
        } catch {
            throw .unreadable(path: file.path, reason: reason(for: error))
        }
    }

    private static func reason(for error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile, .fileNoSuchFile: "no such file"
        case .fileReadNoPermission: "no permission"
        default: "\(error.localizedDescription)"
        }
    }

    private static func expand(_ file: URL) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gunzip", "-c"]
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var expanded = Data()
        while let chunk = try output.fileHandleForReading.read(upToCount: 1 << 20), !chunk.isEmpty {
            expanded.append(chunk)
            guard expanded.count <= expandedLimit else {
                process.terminate()
                process.waitUntilExit()
                throw DatasetError.unreadable(path: file.path, reason: "expands to over 4 GiB")
            }
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw DatasetError.unreadable(path: file.path, reason: "gunzip failed: damaged file?")
        }
        return expanded
    }
}
