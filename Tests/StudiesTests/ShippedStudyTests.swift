import Bases
import Foundation
import Studies
import Testing

@Suite struct ShippedStudyTests {
    private static let locator = DataLocator(
        workingDirectory: URL(filePath: "/"),
        datasets: URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../datasets").standardizedFileURL)

    private static let names = StudyFile.list(locator: locator).map(\.name)

    /// Those whose base and files are the user's to fetch.
    private static let real: Set = ["smollm2-math", "smollm2-code"]

    private func load(_ name: String, _ settings: [String]) throws -> Study {
        let files =
            Self.real.contains(name)
            ? [
                "target.train=math/train.jsonl", "target.evaluation=null",
                "source.text=world/heldout.txt",
            ] : []
        return try StudyFile.load(
            name, overrides: StudyOverrides(settings: files + settings), locator: Self.locator)
    }

    @Test("every study that ships reads, under the name of its file", arguments: names)
    func reads(name: String) throws {
        #expect(try load(name, []).name == name)
    }

    @Test(
        "every arm of the studies on the embedded base fits it",
        arguments: names.filter { !real.contains($0) })
    func fits(name: String) throws {
        let study = try load(
            name, ["target.train_limit=9", "evaluate.limit=1", "evaluate.generate_limit=1"])
        let prepared = try PreparedStudy.prepare(study, locator: Self.locator)
        #expect(prepared.study.arms.allSatisfy { $0.method.name == .full || $0.method.rank != nil })
    }

    @Test("every study that ships is described", arguments: names)
    func isDescribed(name: String) throws {
        let folder = try #require(Self.locator.datasets).appending(path: "studies")
        let page = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        let isDescribed = page.contains("`\(name)`")
        #expect(isDescribed)
    }
}
