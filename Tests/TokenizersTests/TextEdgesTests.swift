import Foundation
import TestSupport
import Testing
import Tokenizers

/// What ends and begins a text, in the files of a Hugging Face folder.
@Suite struct TextEdgesTests {
    /// A tokenizer of the tokens a, b, ab, `<s>` (3), `</s>` (4) and `<eot>` (5).
    private func load(
        _ files: [String: String] = [:], postProcessor: String = "null"
    ) throws -> Tokenizer {
        let tokenizer = """
            {"added_tokens": [{"id": 3, "content": "<s>"}, {"id": 4, "content": "</s>"},
                              {"id": 5, "content": "<eot>"}],
             "pre_tokenizer": {"type": "ByteLevel"}, "post_processor": \(postProcessor),
             "model": {"vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}}
            """
        return try withTemporaryFolder { folder in
            for (name, text) in files.merging(
                ["tokenizer.json": tokenizer], uniquingKeysWith: { $1 })
            { try Data(text.utf8).write(to: folder.appending(path: name)) }
            return try Tokenizer(folder: folder)
        }
    }

    @Test(
        "what ends a text is the configuration's eos_token, then the ids of the model's files",
        arguments: [
            ([:], []),
            (["config.json": #"{"eos_token_id": 4}"#], [4]),
            (["config.json": #"{"eos_token_id": [5, 4]}"#], [5, 4]),
            (["generation_config.json": #"{"eos_token_id": [4, 50279]}"#], [4]),
            (["config.json": #"{"eos_token_id": null}"#, "generation_config.json": "{}"], []),
            (
                [
                    "config.json": #"{"eos_token_id": 4}"#,
                    "generation_config.json": #"{"eos_token_id": [5, 4]}"#,
                ], [5, 4]
            ),
            (
                [
                    "tokenizer_config.json": #"{"eos_token": {"content": "</s>"}}"#,
                    "generation_config.json": #"{"eos_token_id": 5}"#,
                ], [4, 5]
            ),
            (["special_tokens_map.json": #"{"eos_token": "<eot>"}"#], [5]),
            (
                [
                    "tokenizer_config.json": #"{"eos_token": "</s>", "added_tokens_decoder": {}}"#,
                    "special_tokens_map.json": #"{"eos_token": "<eot>"}"#,
                ], [4]
            ),
        ] as [([String: String], [Int32])])
    func ends(files: [String: String], expected: [Int32]) throws {
        #expect(try load(files).edges.ends == expected)
    }

    @Test(
        "a token or an id that is not in the vocabulary is refused with its file",
        arguments: [
            ("tokenizer_config.json", #"{"eos_token": "<|im_end|>"}"#, "eos_token is <|im_end|>"),
            ("tokenizer_config.json", #"{"bos_token": "[CLS]"}"#, "bos_token is [CLS]"),
            ("special_tokens_map.json", #"{"eos_token": {"content": "<e>"}}"#, "eos_token is <e>"),
            ("config.json", #"{"eos_token_id": -1}"#, "eos_token_id is -1"),
            ("config.json", #"{"eos_token_id": "</s>"}"#, "cannot read the tokenizer"),
            ("tokenizer_config.json", #"{"add_bos_token": true}"#, "add_bos_token asks for"),
            ("tokenizer_config.json", #"{"add_eos_token": true}"#, "add_eos_token true"),
            ("tokenizer_config.json", #"{"split_special_tokens": true}"#, "split_special_tokens"),
            ("tokenizer_config.json", #"{"add_prefix_space": true}"#, "add_prefix_space true"),
            (
                "tokenizer_config.json",
                #"{"added_tokens_decoder": {"6": {"content": "<new>"}}}"#, "<new> with id 6"
            ),
        ])
    func refused(file: String, contents: String, message: String) {
        #expect {
            try load([file: contents])
        } throws: { error in
            "\(error)".contains(message) && "\(error)".contains(file)
        }
    }

    @Test("a named token is recognised whole, though tokenizer.json does not add it")
    func named() throws {
        let tokenizer = try load(["tokenizer_config.json": #"{"eos_token": "b"}"#])
        #expect(tokenizer.encode("ab") == [0, 1])
        #expect(tokenizer.encodeOrdinary("ab") == [2])
    }

    private static let byteLevel = #"{"type": "ByteLevel", "trim_offsets": true}"#

    private static func template(_ pieces: String) -> String {
        """
        {"type": "TemplateProcessing", "single": [\(pieces)], "pair": [],
         "special_tokens": {"<s>": {"id": "<s>", "ids": [3], "tokens": ["<s>"]}}}
        """
    }

    private static let mark = #"{"SpecialToken": {"id": "<s>", "type_id": 0}}"#
    private static let text = #"{"Sequence": {"id": "A", "type_id": 0}}"#

    @Test(
        "a text begins with what the post-processor or add_bos_token puts there",
        arguments: [
            ("null", "{}", []), (byteLevel, "{}", []), (template(text), "{}", []),
            (template(mark + "," + text), "{}", [3]),
            (template(mark + "," + text), #"{"add_bos_token": false}"#, [3]),
            (template(mark + "," + text), #"{"add_bos_token": true, "bos_token": "<s>"}"#, [3]),
            (
                #"{"type": "Sequence", "processors": [\#(byteLevel), "#
                    + template(mark + "," + text) + "]}", "{}", [3]
            ),
            ("null", #"{"add_bos_token": true, "bos_token": "<s>"}"#, [3]),
            ("null", #"{"add_bos_token": false, "bos_token": "<s>"}"#, []),
        ] as [(String, String, [Int32])])
    func prefix(postProcessor: String, configuration: String, expected: [Int32]) throws {
        let tokenizer = try load(
            ["tokenizer_config.json": configuration], postProcessor: postProcessor)
        #expect(tokenizer.edges.prefix == expected)
        #expect(tokenizer.encode("ab") == [2])
        #expect(tokenizer.edges.opened([2]) == expected + [2])
        #expect(tokenizer.edges.opened(expected + [2]) == expected + [2])
    }

    @Test(
        "a post-processor that does anything else to ids is refused by name",
        arguments: [
            (template(mark), "no text"), (template(text + "," + text), "a text twice"),
            (template(#"{"SpecialToken": {"id": "<x>", "type_id": 0}}, "# + text), "<x>"),
            (#"{"type": "Reversal"}"#, "Reversal"),
            (#"{"type": "Sequence", "processors": [{"type": "Bert"}]}"#, "Bert"),
        ])
    func otherPostProcessors(postProcessor: String, message: String) {
        #expect {
            try load(postProcessor: postProcessor)
        } throws: { "\($0)".contains("post-processor") && "\($0)".contains(message) }
    }

    @Test(
        "a text ends with what the post-processor puts there, and a document once with an end",
        arguments: [
            (template(text + "," + mark), [], [3]),
            (template(mark + "," + text + "," + mark), [3], [3]),
            (#"{"type": "RobertaProcessing", "sep": ["</s>", 4], "cls": ["<s>", 3]}"#, [3], [4]),
            (#"{"type": "BertProcessing", "sep": ["</s>", 4], "cls": ["<s>", 3]}"#, [3], [4]),
            (
                #"{"type": "Sequence", "processors": [\#(byteLevel), "#
                    + template(text + "," + mark) + "]}", [], [3]
            ),
        ] as [(String, [Int32], [Int32])])
    func suffix(postProcessor: String, prefix: [Int32], suffix: [Int32]) throws {
        let edges = try load(
            ["generation_config.json": #"{"eos_token_id": 4}"#], postProcessor: postProcessor
        ).edges
        #expect(edges.prefix == prefix && edges.suffix == suffix)
        #expect(edges.opened([2]) == prefix + [2])
        #expect(edges.marked([2]) == prefix + [2] + suffix)
        #expect(edges.closed([2]) == prefix + [2] + suffix + (suffix == [4] ? [] : [4]))
    }

    @Test("what a text begins and ends with is saved")
    func saved() throws {
        let tokenizer = try load(
            [
                "tokenizer_config.json": #"{"add_bos_token": true, "bos_token": "<s>"}"#,
                "generation_config.json": #"{"eos_token_id": [5, 4]}"#,
            ])
        try withTemporaryFolder { folder in
            try tokenizer.save(toFolder: folder)
            let loaded = try Tokenizer(folder: folder)
            #expect(loaded.edges == TextEdges(prefix: [3], beginning: 3, ends: [5, 4]))
            #expect(loaded.addedTokens == tokenizer.addedTokens)
        }
    }
}
