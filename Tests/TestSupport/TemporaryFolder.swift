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
