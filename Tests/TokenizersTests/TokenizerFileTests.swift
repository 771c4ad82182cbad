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
            #expect(loaded.addedTokens == trained.addedTokens)
            #expect(loaded.edges == TextEdges(ends: [1]))
            let again = folder.appending(path: "again")
            try FileManager.default.createDirectory(at: again, withIntermediateDirectories: false)
            try loaded.save(toFolder: again)
            for name in ["tokenizer.json", "tokenizer_config.json", "generation_config.json"] {
                #expect(
                    try Data(contentsOf: again.appending(path: name))
                        == Data(contentsOf: folder.appending(path: name)))
            }
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
        #expect(tokenizer.edges == TextEdges(beginning: 3))
    }

    @Test(
        "what is not implemented is refused",
        arguments: [
            file(normalizer: #"{"type": "Precompiled", "precompiled_charsmap": ""}"#),
            file(normalizer: #"{"type": "NFC", "form": "new"}"#),
            file(preTokenizer: #"{"type": "UnicodeScripts"}"#),
            file(preTokenizer: #"{"type": "ByteLevel", "add_suffix_space": true}"#),
            file(preTokenizer: #"{"type": "Split", "pretokenizers": [{"type": "ByteLevel"}]}"#),
            file(
                preTokenizer: #"""
                    {"type": "Split", "pattern": {"Regex": "\\h+"}, "behavior": "Isolated"}
                    """#),
            file(
                preTokenizer: #"""
                    {"type": "Split", "pattern": {"Regex": "a{1,2}+"}, "behavior": "Isolated"}
                    """#),
            file(
                preTokenizer: #"""
                    {"type": "Split", "pattern": {"String": "a"}, "behavior": "Dropped"}
                    """#),
            file(
                preTokenizer: #"{"type": "Metaspace", "replacement": "_", "prepend_scheme": "no"}"#),
            file(options: #""type": "WordPiece","#),
            file(options: #""dropout": 0.5,"#),
            file(options: #""unk_token": "<none>","#),
            file(options: #""cache_size": 5,"#),
            file(added: #"{"id": 3, "content": "<x>", "is_suffix": true}"#),
            file().replacing(
                #""decoder": {"type": "ByteLevel"}"#, with: #""decoder": {"type": "CTC"}"#),
            file().replacing(#"{"added_tokens""#, with: #"{"pruning": true, "added_tokens""#),
        ])
    func unsupported(contents: String) {
        #expect {
            try load(contents)
        } throws: { error in
            guard case .contents(let path, .unsupported) = error as? TokenizerError else {
                return false
            }
            return path.hasSuffix("/tokenizer.json")
        }
    }

    @Test("ids with a gap or used twice are refused")
    func badIDs() {
        for (id, message) in [
            (9, "token <x> has id 9, but the 4 tokens must have the ids 0 to 3"),
            (2, "tokens <x> and ab have the same id 2"),
        ] {
            #expect {
                try load(Self.file(added: #"{"id": \#(id), "content": "<x>"}"#))
            } throws: { "\($0)".contains("/tokenizer.json: \(message)") }
        }
    }

    @Test("tokens looked for in normalized text come after the others; some are in ordinary text")
    func addedTokenFlags() throws {
        let tokenizer = try load(
            Self.file(
                added: """
                    {"id": 3, "content": "ab", "normalized": true, "special": false},
                    {"id": 4, "content": "ba", "normalized": false, "special": true}
                    """, vocabulary: #"{"a": 0, "b": 1, "c": 2}"#, merges: "[]"))
        #expect(tokenizer.encode("aba") == [0, 4])
        #expect(tokenizer.encode("cab") == [2, 3])
        #expect(tokenizer.encodeOrdinary("aba") == [3, 0])
    }

    @Test("a sequence of no normalizers is none; what cuts or pads is for others to ask for")
    func harmless() throws {
        let padded = Self.file(normalizer: #"{"type": "Sequence", "normalizers": []}"#)
            .replacing(
                "{\"added_tokens\"",
                with: """
                    {"truncation": {"max_length": 1, "strategy": "LongestFirst", "stride": 0}, \
                    "padding": {"strategy": {"Fixed": 9}, "pad_id": 0}, "added_tokens"
                    """)
        #expect(try load(padded).encode("abb") == [2, 1])
    }

    @Test("a Git LFS pointer is called that")
    func pointer() {
        #expect {
            try load("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")
        } throws: { "\($0)".contains("Git LFS pointer") }
    }

    @Test(
        "files that are missing or not JSON are refused", arguments: ["{", "[]", #"{"model": 1}"#])
    func unreadable(contents: String) {
        #expect(throws: TokenizerError.self) { try load(contents) }
        #expect(throws: TokenizerError.self) {
            try Tokenizer(folder: URL(filePath: "/does/not/exist"))
        }
    }

    @Test(
        "a folder or a device in a file's place is told in the system's words",
        arguments: ["tokenizer.json", "tokenizer_config.json", "generation_config.json"])
    func noFile(name: String) throws {
        try withTemporaryFolder { folder in
            let tokenizer = folder.appending(path: "tokenizer.json")
            try Data(Self.file().utf8).write(to: tokenizer)
            let place = folder.appending(path: name)
            try? FileManager.default.removeItem(at: place)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
            #expect(
                throws: TokenizerError.unreadable(
                    path: place.path, reason: "Is a directory; name a file")
            ) { try Tokenizer(folder: folder) }
            try FileManager.default.removeItem(at: place)
            try FileManager.default.createSymbolicLink(
                atPath: place.path, withDestinationPath: "/dev/tty")
            #expect(
                throws: TokenizerError.unreadable(
                    path: place.path, reason: "it is a pipe or a device; name a file")
            ) { try Tokenizer(folder: folder) }
        }
    }

    private static func file(
        normalizer: String = "null", preTokenizer: String = #"{"type": "ByteLevel"}"#,
        options: String = "", added: String = #"{"id": 3, "content": "<x>"}"#,
        vocabulary: String = #"{"a": 0, "b": 1, "ab": 2}"#, merges: String = #"["a b"]"#
    ) -> String {
        """
        {"added_tokens": [\(added)], "normalizer": \(normalizer),
         "pre_tokenizer": \(preTokenizer), "decoder": {"type": "ByteLevel"},
         "model": {\(options) "vocab": \(vocabulary), "merges": \(merges)}}
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
