import Catalog
import Foundation
import Models
import TestSupport
import Testing
import Tokenizers

/// Compares SmolLM2's tokenizer, read from its GGUF file, with ids made by `transformers`.
@Suite(
    .enabled(
        if: sharedFolder != nil && FileManager.default.fileExists(atPath: smolLM2File.path),
        "set LETHE_SMOLLM2 to the model's .gguf file or fetch smollm2-135m"))
struct TokenizerGoldenTests {
    private struct Golden: Decodable {
        struct Case: Decodable {
            let text: String
            let ids: [Int32]
        }

        let cases: [Case]
    }

    @Test("SmolLM2's ids are those of transformers, and decode to the text")
    func smolLM2() throws {
        let shared = try #require(sharedFolder)
        let golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: shared.appending(path: "golden/tokenizer.json")))
        let metadata = try GGUFFile(smolLM2File).tokenizerMetadata()
        let tokenizer = try Tokenizer(
            ggufTokens: metadata.tokens, merges: metadata.merges, tokenTypes: metadata.tokenTypes,
            preTokenizer: metadata.preTokenizer,
            edges: TextEdges(
                prefixIDs: metadata.prefixIDs, beginningID: metadata.bosID, endIDs: metadata.endIDs)
        )
        #expect(golden.cases.count == 36)
        for item in golden.cases {
            #expect(tokenizer.encode(item.text) == item.ids, "\(item.text)")
            #expect(tokenizer.decode(item.ids) == item.text)
        }
        #expect(tokenizer.edges.beginning == tokenizer.id(ofSpecial: "<|im_start|>"))
        #expect(tokenizer.edges.end == tokenizer.id(ofSpecial: "<|im_end|>"))
        #expect(tokenizer.edges.prefix.isEmpty)
    }
}

private let smolLM2File: URL = {
    if let path = ProcessInfo.processInfo.environment["LETHE_SMOLLM2"] {
        return URL(filePath: path)
    }
    return ModelCatalog().localURL(of: ModelCatalog.smolLM2)
}()
