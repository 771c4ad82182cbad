package import Foundation

/// Runs `body` with a fresh folder that is removed afterwards.
@discardableResult
package func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
        .appending(path: "lethe-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}

/// As `withTemporaryFolder`, in memory where the system has such a place: a run forces everything to
/// the disk, which takes long when it is done thousands of times.
package func withFastFolder(_ body: (URL) throws -> Void) throws {
    let memory = URL(filePath: "/dev/shm")
    guard FileManager.default.isWritableFile(atPath: memory.path) else {
        return try withTemporaryFolder(body)
    }
    let folder = memory.appending(path: "lethe-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
}

/// The file `Tests/Fixtures/<path>`.
package func fixture(_ path: String) -> URL {
    packageRoot.appending(path: "Tests/Fixtures/\(path)")
}

/// The root of the package, found from this file.
package var packageRoot: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
}

/// The folder with reference data and goldens beside the checkout, or nil where there is none.
package var sharedFolder: URL? {
    let folder = packageRoot.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}
