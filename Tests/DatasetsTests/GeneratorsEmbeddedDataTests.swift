import Foundation
import Testing

@testable import Datasets

@Suite struct GeneratorsEmbeddedDataTests {
    private static let files = EmbeddedData.files()

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("datasets")

    @Test(arguments: files.map(\.path))
    func committedFileIsTheGeneratedOne(path: String) throws {
        let file = try #require(Self.files.first { $0.path == path })
        let committed = try Data(contentsOf: Self.folder.appendingPathComponent(path))
        #expect(
            committed == Data(file.contents.utf8),
            "datasets/\(path) is not what the generator makes; run `lethe data make`")
    }

    @Test func filesAreSmallAndOther() {
        let size = Self.files.reduce(0) { $0 + $1.contents.utf8.count }
        #expect(size < 12_000_000)
        #expect(Set(Self.files.map(\.path)).count == Self.files.count)
    }

    @Test func anotherSeedGivesOtherData() {
        let world = World(seed: 1)
        let facts = WorldTasks(world: world, seed: 1).facts().map(\.json)
        let committed = Self.files.first { $0.path == "world/facts.jsonl" }?.contents
        #expect(facts.joined(separator: "\n") + "\n" != committed)
    }
}
