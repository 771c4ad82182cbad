import Foundation
import TestSupport
import Testing
import Tokenizers

/// Every stage that a `tokenizer.json` may declare, on odd texts, against Hugging Face's tokenizers.
///
/// `Tests/Peers/tokenizers_golden.py` makes the fixture.
@Suite struct StageTests {
    struct Fixture: Decodable {
        var texts: [String]
        /// The vocabulary and merges of each model, as JSON.
        var models: [String: String]
        var cases: [Case]

        struct Case: Decodable, CustomTestStringConvertible, Sendable {
            var name: String
            /// The file, in which `"@":` with the name of a model stands for its vocabulary and merges.
            var file: String
            var ids: [[Int32]]
            var decoded: [String]

            var testDescription: String { name }
        }
    }

    private static let fixture: Fixture? = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/tokenizers/stages.json").standardizedFileURL
        return try? JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
    }()

    @Test("ids and decoded texts are those of Hugging Face", arguments: fixture?.cases ?? [])
    func equalsHuggingFace(stage: Fixture.Case) throws {
        let fixture = try #require(Self.fixture)
        let tokenizer = try Self.tokenizer(stage, fixture)
        for (index, text) in fixture.texts.enumerated() {
            let ids = tokenizer.encode(text)
            #expect(ids == stage.ids[index], "\(text.debugDescription)")
            let decoded = tokenizer.decode(stage.ids[index])
            #expect(
                Array(decoded.utf8) == Array(stage.decoded[index].utf8),
                "\(decoded.debugDescription), not \(stage.decoded[index].debugDescription)")
        }
    }

    @Test("the fixture has all its cases")
    func complete() { #expect((Self.fixture?.cases.count ?? 0) > 50) }

    @Test("what is saved is the file that was read")
    func kept() throws {
        let fixture = try #require(Self.fixture)
        let stage = try #require(fixture.cases.first { $0.name == "Llama 2" })
        let tokenizer = try Self.tokenizer(stage, fixture)
        try withTemporaryFolder { folder in
            try tokenizer.save(toFolder: folder)
            let saved = try Data(contentsOf: folder.appending(path: Tokenizer.fileName))
            #expect(saved == Self.contents(stage, fixture))
        }
    }

    @Test("a text that continues another gets no space before it; after a mark it does")
    func continuation() throws {
        let fixture = try #require(Self.fixture)
        let stage = try #require(fixture.cases.first { $0.name == "Llama 2" })
        let tokenizer = try Self.tokenizer(stage, fixture)
        let whole = tokenizer.encode("a.b")
        let first = tokenizer.encode("a")
        #expect(first + tokenizer.encode(".b", after: first.last) == whole)
        let mark = tokenizer.encode("<s>")
        #expect(mark + tokenizer.encode("b", after: mark.last) == tokenizer.encode("<s>b"))
        #expect(tokenizer.decode(tokenizer.encode("b")) == "b")
        #expect(tokenizer.decodeBytes(tokenizer.encode("b")) == Array(" b".utf8))
    }

    @Test("SentencePiece's scores make the tokens of the merges that they stand for")
    func sentencePiece() throws {
        struct Model: Decodable {
            var vocab: [String: Int]
            var merges: [[String]]
        }
        let fixture = try #require(Self.fixture)
        let stage = try #require(fixture.cases.first { $0.name == "Llama 2" })
        let json = "{" + (try #require(fixture.models["fallback"])) + "}"
        let model = try JSONDecoder().decode(Model.self, from: Data(json.utf8))
        let pieces = model.vocab.sorted { $0.value < $1.value }.map(\.key)
        let ranks = Dictionary(
            model.merges.enumerated().map { ($1.joined(), $0) },
            uniquingKeysWith: { first, _ in first })
        let tokenizer = try Tokenizer(
            sentencePieces: pieces, scores: pieces.map { -Float(ranks[$0] ?? 10_000) },
            tokenTypes: pieces.indices.map { $0 == 0 ? 2 : $0 <= 256 ? 6 : 1 }, addsSpace: true,
            edges: TextEdges())
        for (text, ids) in zip(fixture.texts, stage.ids)
        where !text.contains("<") && !text.contains("word") {
            #expect(tokenizer.encode(text) == ids, "\(text.debugDescription)")
            #expect(tokenizer.decode(ids) == (try Self.tokenizer(stage, fixture)).decode(ids))
        }
        #expect(throws: TokenizerError.countMismatch(name: "scores", expected: 2, found: 1)) {
            try Tokenizer(
                sentencePieces: ["a", "b"], scores: [1], tokenTypes: [1, 1], addsSpace: true,
                edges: TextEdges())
        }
    }

    private static func contents(_ stage: Fixture.Case, _ fixture: Fixture) -> Data {
        let file = fixture.models.reduce(stage.file) { file, model in
            file.replacingOccurrences(of: #""@":"\#(model.key)""#, with: model.value)
        }
        return Data(file.utf8)
    }

    private static func tokenizer(_ stage: Fixture.Case, _ fixture: Fixture) throws -> Tokenizer {
        try withTemporaryFolder { folder in
            try contents(stage, fixture).write(to: folder.appending(path: Tokenizer.fileName))
            return try Tokenizer(folder: folder)
        }
    }
}
