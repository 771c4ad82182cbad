import Foundation
import Testing
import Tokenizers

/// The tokenizers of small models of each family against transformers: `golden.json` beside each has
/// ids with and without marks and the decoded text.
@Suite struct FamilyTokenizerTests {
    struct Golden: Decodable {
        var tokenizer: [Item]

        struct Item: Decodable {
            var text: String
            var ids: [Int32]
            var marked: [Int32]
            var decoded: String

            enum CodingKeys: String, CodingKey {
                case text, ids, decoded
                case marked = "with_special"
            }
        }
    }

    @Test("ids, marks and decoded text are those of transformers", arguments: families)
    func equalsTransformers(folder: URL) throws {
        let golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: folder.appending(path: "golden.json")))
        let tokenizer = try Tokenizer(folder: folder)
        #expect(!golden.tokenizer.isEmpty)
        for item in golden.tokenizer {
            let ids = tokenizer.encode(item.text)
            #expect(ids == item.ids, "\(item.text.debugDescription)")
            #expect(tokenizer.edges.marked(ids) == item.marked)
            let decoded = tokenizer.decode(item.ids)
            #expect(
                Array(decoded.utf8) == Array(item.decoded.utf8),
                "\(decoded.debugDescription), not \(item.decoded.debugDescription)")
        }
    }

    /// The folders with a golden file and a tokenizer in `../shared/golden/families` and in
    /// `LETHE_FAMILIES`.
    private static let families: [URL] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../shared/golden/families").standardizedFileURL
        let other = ProcessInfo.processInfo.environment["LETHE_FAMILIES"].map { URL(filePath: $0) }
        return [root, other].compactMap { $0 }.flatMap { folder in
            (try? FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil)) ?? []
        }.filter { folder in
            ["golden.json", "tokenizer.json"].allSatisfy {
                FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
            }
        }.sorted { $0.path < $1.path }
    }()
}
