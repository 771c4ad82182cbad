import Datasets
import Foundation
import Models
import TestSupport
import Tensors
import Testing
import Tokenizers

@testable import Evaluation

@Suite struct TextTaskTests {
    /// What lm-evaluation-harness makes of `texts/wiki.raw` with the embedded base, whose context is 256.
    private struct Golden: Decodable {
        struct Document: Decodable {
            var page: String
            var text: String
            var words: Int
            var bytes: Int
            var logLikelihood: Double

            enum CodingKeys: String, CodingKey {
                case page, text, words, bytes
                case logLikelihood = "log_likelihood"
            }
        }

        var numbers: [String: Double]
        var documents: [Document]

        static func read() throws -> Golden {
            try JSONDecoder().decode(
                Golden.self, from: try Data(contentsOf: fixture("texts/wiki.json")))
        }
    }

    private let encoder = CharacterEncoder()

    @Test("articles, their text, words and bytes are those of lm-evaluation-harness")
    func articles() throws {
        let golden = try Golden.read()
        let pages = try TextPage.wikiText(fixture("texts/wiki.raw"))
        #expect(pages.map(\.original) == golden.documents.map(\.page))
        #expect(pages.map(\.text) == golden.documents.map(\.text))
        #expect(pages.map(\.wordCount) == golden.documents.map(\.words))
        #expect(pages.map(\.byteCount) == golden.documents.map(\.bytes))
    }

    @Test("log-likelihoods and perplexities are those of lm-evaluation-harness")
    func harness() throws {
        let golden = try Golden.read()
        let folder = packageRoot.appending(path: "datasets/base/tiny")
        let tokenizer = try Tokenizer(folder: folder)
        let model = try Transformer.load(
            try HuggingFaceConfiguration.read(folder.appending(path: "config.json")),
            from: try openWeightFile(at: folder), path: folder.path)
        let task = try TextTask(
            name: "wikitext", pages: Sample(try TextPage.wikiText(fixture("texts/wiki.raw"))),
            context: model.configuration.maxSequenceLength, encoder: tokenizer)
        let tokenCounts = task.measures[0].counts
        #expect(tokenCounts.contains { $0 > 2 * 256 } && tokenCounts.contains { $0 < 256 })
        let result = try task.score(ScoringContext(model: model, arena: Arena()))
        let likelihoods = result.samples.map { sample in
            if case .text(let text) = sample { text.logLikelihood } else { Double.nan }
        }
        expectClose(
            likelihoods, golden.documents.map(\.logLikelihood), relative: 1e-5, absolute: 0)
        let names = ["word_perplexity", "byte_perplexity", "bits_per_byte"]
        #expect(result.metrics.map(\.name) == ["loss"] + names)
        expectClose(
            result.metrics.dropFirst().map(\.score.value), names.map { golden.numbers[$0] ?? 0 },
            relative: 1e-4, absolute: 0)
    }

    @Test("every token is predicted once, the last ones after as much as the model reads")
    func windows() throws {
        let text = "abcdefghijklmnopqrs"
        let ids = [0] + encoder.encode(text)
        for (context, starts) in [(8, [0, 8, 11]), (18, [0, 1]), (19, [0]), (200, [0])] {
            let scored = try ScoredText(page: TextPage(text), context: context, encoder: encoder)
            #expect(scored.windows.map { $0.ids.first } == starts.map { ids[$0] })
            #expect(scored.windows.allSatisfy { $0.ids.count <= context + 1 })
            #expect(scored.windows.flatMap { $0.ids[$0.predicted] } == Array(ids.dropFirst()))
        }
        #expect(try ScoredText(page: TextPage(""), context: 8, encoder: encoder).windows.isEmpty)
    }

    @Test("lines that published rows hold are the same articles as the file; pages are articles")
    func rows() throws {
        let file = fixture("texts/wiki.raw")
        let pages = try TextPage.wikiText(file)
        func read(_ rows: [[String: String]]) throws -> [TextPage] {
            try withTemporaryFolder { folder in
                let file = folder.appending(path: "rows.jsonl")
                let lines = try rows.map {
                    String(decoding: try JSONEncoder().encode($0), as: UTF8.self)
                }
                try Data(lines.joined(separator: "\n").utf8).write(to: file)
                return try TextPage.wikiText(file)
            }
        }
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(try read(lines.map { ["text": $0 + "\n"] }) == pages)
        #expect(try read(lines.map { ["text": $0] }) == pages)
        #expect(try read(pages.map { ["page": $0.original] }) == pages)
        #expect(throws: DatasetError.self) { try read([["page": "a"], ["title": "b"]]) }
        #expect(throws: DatasetError.self) { try read([["text": " \n \n"]]) }
    }

    @Test("texts of any kind: a file is one, or what marks divide, or a row each")
    func texts() throws {
        try withTemporaryFolder { (folder: URL) throws -> Void in
            func read(_ name: String, _ text: String) throws -> [String] {
                let file = folder.appending(path: name)
                try Data(text.utf8).write(to: file)
                return try TextPage.texts(file).map(\.text)
            }
            #expect(try read("a.txt", "one\n\ntwo @-@ three\n") == ["one\n\ntwo @-@ three"])
            #expect(try read("b.md", "one<|endoftext|>\ntwo<|endoftext|>\n") == ["one", "two"])
            #expect(
                try read("c.jsonl", #"{"text": "one"}"# + "\n" + #"{"page": "two"}"#)
                    == ["one", "two"])
            #expect(throws: DatasetError.empty(path: folder.appending(path: "d.txt").path)) {
                try read("d.txt", " \n")
            }
        }
    }

    @Test("a tokenizer without a mark for the start of a text is refused by the item")
    func noMark() throws {
        struct Markless: TextEncoder {
            var edges: TextEdges { TextEdges() }
            func encode(_ text: String) -> [Int32] { [1] }
            func encodeOrdinary(_ text: String) -> [Int32] { [1] }
            func decodeBytes(_ ids: [Int32]) -> [UInt8] { [] }
            func id(ofSpecial text: String) -> Int32? { nil }
        }
        #expect(throws: TaskError.self) {
            try TextTask(
                name: "text", pages: Sample([TextPage("a")]), context: 4, encoder: Markless())
        }
    }

    @Test(
        "words are counted between spaces, as Python divides a text",
        arguments: [
            ("", 1), ("a", 1), (" a b\u{A0}\n c", 4), ("a \u{1C}b", 2), (" ", 2), ("a\u{301} b", 2),
        ])
    func words(text: String, count: Int) {
        #expect(TextPage(text).wordCount == count)
    }
}
