package import Foundation

/// Reads whole files, compressed ones too.
package enum FileContents {
    /// The most bytes that a compressed file may expand to.
    static let expandedLimit = 4 << 30

    /// The bytes of `file`; a name ending in `.gz` is expanded with `gunzip`.
    /// - Throws: `DatasetError.unreadable`.
    package static func read(_ file: URL) throws(DatasetError) -> Data {
        do {
            return file.pathExtension == "gz" ? try expand(file) : try Data(contentsOf: file)
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
