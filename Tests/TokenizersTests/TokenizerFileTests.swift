import Foundation
import TestSupport
import Testing
import Tokenizers

@Suite struct TokenizerFileTests {
    @Test("a saved tokenizer is read back the same", arguments: PreTokenizer.allCases)
    func saveAndLoad(preTokenizer: PreTokenizer) throws {
        let trained = try BPETrainer(
            vocabularySize: 300, specialTokens: ["<|pad|>", "<|end|>"], preTokenizer: preTokenizer,
            endOfText: "<|end|>"
        ).train(["the cat and the dog and the 12 birds"])
        try withTemporaryFolder { folder in
            try trained.save(toFolder: folder)
            let loaded = try Tokenizer(folder: folder)
            let text = "the catalogue<|end|> 1234 and\n"
            #expect(loaded.encode(text) == trained.encode(text))
            #expect(loaded.vocabularySize == trained.vocabularySize)
            #expect(loaded.specialTokens == ["<|pad|>": 0, "<|end|>": 1])
            #expect(loaded.endOfText == 1)
            #expect(loaded.beginningOfText == nil)
            #expect(loaded.preTokenizer == preTokenizer)
        }
    }

    @Test("merges may be pairs, and added tokens may come after the vocabulary")
    func mergePairs() throws {
        let tokenizer = try load(Self.file(merges: #"[["a", "b"]]"#))
        #expect(tokenizer.encode("ab<x>") == [2, 3])
    }

    @Test("edge tokens may be named by an object")
    func edgeTokenObject() throws {
        let configuration =
            #"{"bos_token": {"content": "<x>", "special": true}, "eos_token": null}"#
        let tokenizer = try load(Self.file(), configuration: configuration)
        #expect(tokenizer.beginningOfText == 3)
        #expect(tokenizer.endOfText == nil)
    }

    @Test(
        "what is not implemented is refused",
        arguments: [
            file(normalizer: #"{"type": "NFC"}"#),
            file(preTokenizer: #"{"type": "Whitespace"}"#),
            file(preTokenizer: #"{"type": "ByteLevel", "add_prefix_space": true}"#),
            file(preTokenizer: "null"),
            file(options: #""type": "WordPiece","#),
            file(options: #""byte_fallback": true,"#),
            file(options: #""unk_token": "a","#),
            file(added: #"{"id": 3, "content": "<x>", "lstrip": true}"#),
        ])
    func unsupported(contents: String) {
        #expect {
            try load(contents)
        } throws: { error in
            guard case .unsupported = error as? TokenizerError else { return false }
            return true
        }
    }

    @Test("ids with a gap or used twice are refused")
    func badIDs() {
        #expect(throws: TokenizerError.idOutOfRange(token: "<x>", id: 9, count: 4)) {
            try load(Self.file(added: #"{"id": 9, "content": "<x>"}"#))
        }
        #expect(throws: TokenizerError.duplicateID(id: 2, first: "<x>", second: "ab")) {
            try load(Self.file(added: #"{"id": 2, "content": "<x>"}"#))
        }
    }

    @Test(
        "files that are missing or not JSON are refused", arguments: ["{", "[]", #"{"model": 1}"#])
    func unreadable(contents: String) {
        #expect(throws: TokenizerError.self) { try load(contents) }
        #expect(throws: TokenizerError.self) {
            try Tokenizer(folder: URL(filePath: "/does/not/exist"))
        }
    }

    private static func file(
        normalizer: String = "null", preTokenizer: String = #"{"type": "ByteLevel"}"#,
        options: String = "", merges: String = #"["a b"]"#,
        added: String = #"{"id": 3, "content": "<x>"}"#
    ) -> String {
        """
        {"added_tokens": [\(added)], "normalizer": \(normalizer),
         "pre_tokenizer": \(preTokenizer), "decoder": {"type": "ByteLevel"},
         "model": {\(options) "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": \(merges)}}
        """
    }

    @discardableResult
    private func load(_ contents: String, configuration: String? = nil) throws -> Tokenizer {
        try withTemporaryFolder { folder in
            try Data(contents.utf8).write(to: folder.appending(path: "tokenizer.json"))
            if let configuration {
                try Data(configuration.utf8)
                    .write(to: folder.appending(path: "tokenizer_config.json"))
            }
            return try Tokenizer(folder: folder)
        }
    }
}
