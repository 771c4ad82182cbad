import Foundation
import Models
import TestSupport
import Testing

@Suite struct HuggingFaceConfigurationTests {
    /// What a Llama model's file cannot do without.
    private static let plain: [String: String] = [
        "model_type": "\"llama\"", "hidden_size": "32", "intermediate_size": "64",
        "num_hidden_layers": "2", "num_attention_heads": "4", "num_key_value_heads": "2",
        "vocab_size": "50", "rms_norm_eps": "1e-05", "max_position_embeddings": "256",
    ]

    private func read(_ changes: [String: String?]) throws -> ModelConfiguration {
        var keys = Self.plain
        for (key, value) in changes { keys[key] = value }
        let json = keys.map { "\"\($0)\": \($1)" }.joined(separator: ", ")
        return try withTemporaryFolder { folder in
            let file = folder.appending(path: "config.json")
            try Data("{\(json)}".utf8).write(to: file)
            return try HuggingFaceConfiguration.read(file)
        }
    }

    private func problem(_ changes: [String: String?]) -> String? {
        do {
            _ = try read(changes)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("the numbers are those of the file; what it may leave out follows from them")
    func numbers() throws {
        let model = try read([:])
        #expect(model.kvHeadCount == 2 && model.headSize == 8)
        #expect(model.ropeTheta == 10_000 && !model.tiesEmbeddings)
        #expect(try read(["num_key_value_heads": nil]).kvHeadCount == 4)
        #expect(try read(["head_dim": "16", "rope_theta": "5e5"]).headSize == 16)
        #expect(try read(["rope_theta": "500000"]).ropeTheta == 500_000)
        #expect(try read(["tie_word_embeddings": "true"]).tiesEmbeddings)
    }

    @Test("what is missing is named as in the file", arguments: plain.keys.sorted())
    func missing(key: String) {
        let error = problem([key: String?.none])
        if key == "num_key_value_heads" {
            #expect(error == nil)
        } else {
            #expect(error?.contains("no \(key)") == true, "\(error ?? "accepted")")
        }
        let wrong = problem([key: "\"many\""])
        #expect(wrong?.contains("\(key) is many") == true, "\(wrong ?? "accepted")")
    }

    @Test("all that is wrong is told at once")
    func together() {
        let error = problem([
            "rms_norm_eps": nil, "vocab_size": nil, "use_bias": "true", "qkv_bias": "true",
        ])
        for part in ["no rms_norm_eps", "no vocab_size", "use_bias is true", "qkv_bias is true"] {
            #expect(error?.contains(part) == true, "\(part)")
        }
    }

    @Test(
        "keys that change the model are refused by name",
        arguments: [
            ("model_type", "\"mamba\""), ("attention_bias", "1"), ("mlp_bias", "\"all\""),
            ("hidden_act", "\"relu2\""), ("partial_rotary_factor", "0.5"),
            ("quantization_config", #"{"quant_method": "bitsandbytes"}"#),
            ("quantization", #"{"bits": 4}"#), ("embedding_multiplier", "12.0"),
            ("residual_multiplier", "0.22"), ("logits_scaling", "8.0"),
            ("attention_multiplier", "0.0625"), ("attn_logit_softcapping", "50.0"),
            ("final_logit_softcapping", "30.0"), ("query_pre_attn_scalar", "24"),
            ("layer_types", #"["full_attention", "sliding_attention"]"#),
            ("sliding_window", "255"), ("num_local_experts", "8"), ("rope_interleaved", "true"),
            ("no_rope_layers", "[1, 0]"), ("use_qk_norm", "true"), ("a_new_key", "false"),
            ("rope_scaling", #"{"rope_type": "llama3", "factor": 8.0}"#),
            ("rope_scaling", #"{"rope_type": "llama3", "low_freq_factor": 1.0}"#),
            ("rope_scaling", #"{"type": "linear"}"#),
            ("rope_scaling", #"{"type": "linear", "factor": 0.5}"#),
            ("rope_scaling", #"{"type": "dynamic", "factor": 2.0}"#),
            ("rope_scaling", #"{"type": "linear", "factor": 2.0, "long_factor": [1.0]}"#),
            ("rope_scaling", #"{"factor": 2.0}"#), ("rope_scaling", "2"),
            ("rope_parameters", #"{"rope_type": "yarn", "factor": 4.0}"#),
            ("rope_parameters", #"{"rope_type": "default", "partial_rotary_factor": 0.25}"#),
            ("rope_parameters", #"{"full_attention": {"rope_theta": 1000000.0}}"#),
            ("rope_parameters", #"{"rope_theta": "much"}"#), ("rope_theta", "0"),
            ("num_key_value_heads", "3"), ("head_dim", "7"), ("max_position_embeddings", "0"),
            ("num_hidden_layers", "99999999999"), ("tie_word_embeddings", "1"),
        ])
    func refused(key: String, value: String) {
        let error = problem([key: value])
        #expect(error?.contains(key) == true, "\(error ?? "accepted")")
    }

    @Test(
        "keys that change nothing or are computed are not",
        arguments: [
            ("attention_bias", "false"), ("attention_bias", "true"), ("mlp_bias", "true"),
            ("hidden_act", "\"swish\""), ("hidden_act", "\"gelu\""), ("pretraining_tp", "2"),
            ("rope_scaling", #"{"type": "linear", "factor": 2.0}"#),
            ("quantization_config", "null"), ("sliding_window", "256"), ("sliding_window", "null"),
            ("layer_types", #"["full_attention", "full_attention"]"#), ("rope_scaling", "null"),
            ("rope_scaling", #"{"type": "default"}"#), ("rope_parameters", "{}"),
            ("rope_interleaved", "false"), ("transformers.js_config", #"{"dtype": "q4"}"#),
            ("eos_token_id", "[0, 2]"), ("a_new_key", "null"), ("embedding_multiplier", "1"),
            ("partial_rotary_factor", "1.0"), ("attention_dropout", "0.1"), ("head_dim", "null"),
        ])
    func harmless(key: String, value: String) {
        #expect(problem([key: value]) == nil)
    }

    @Test("the theta of rope_parameters comes before one beside it, as in transformers 5")
    func thetaPrecedence() throws {
        let inner = #"{"rope_type": "default", "rope_theta": 500.0}"#
        let both = ["rope_theta": "10000.0", "rope_parameters": inner]
        #expect(try read(both).ropeTheta == 500)
        #expect(try read(["rope_parameters": inner]).ropeTheta == 500)
        // Versions differ in which of these they take.
        let older = problem(["rope_theta": "10000.0", "rope_scaling": inner])
        #expect(older?.contains("rope_scaling.rope_theta is 500") == true)
        #expect(try read(["rope_scaling": inner]).ropeTheta == 500)
    }

    @Test("Mistral has a window, also where the file leaves it out")
    func mistral() throws {
        let mistral = ["model_type": "\"mistral\""]
        func window(_ changes: [String: String]) throws -> [Int?] {
            try read(mistral.merging(changes) { $1 }).design.attentionKinds.map(\.window)
        }
        #expect(try window([:]) == [4096])
        #expect(try window(["sliding_window": "4"]) == [4])
        #expect(try window(["sliding_window": "null"]) == [nil])
        let types = #"["full_attention", "sliding_attention"]"#
        #expect(try window(["sliding_window": "4", "layer_types": types]) == [nil, 4])
        let none = mistral.merging(["sliding_window": "null", "layer_types": types]) { $1 }
        #expect(problem(none)?.contains("layer_types has sliding_attention") == true)
        for wrong in ["0", "\"all\""] {
            let error = problem(mistral.merging(["sliding_window": wrong]) { $1 })
            #expect(error?.contains("sliding_window is") == true)
        }
    }

    @Test("layers are what the lists of the file say, and the lists fit the layers")
    func layers() throws {
        let smol = ["model_type": "\"smollm3\"", "num_hidden_layers": "4"]
        func rotated(_ changes: [String: String]) throws -> [Bool] {
            let model = try read(smol.merging(changes) { $1 })
            #expect(model.tiesEmbeddings)
            return (0..<4).map { model.design.attention(ofLayer: $0).rotation != nil }
        }
        #expect(try rotated([:]) == [true, true, true, false])
        #expect(try rotated(["no_rope_layer_interval": "2"]) == [true, false, true, false])
        #expect(
            try rotated(["no_rope_layers": "[0, 1, 1, 0]", "no_rope_layer_interval": "2"])
                == [false, true, true, false])
        for (key, value) in [
            ("no_rope_layers", "[1, 0]"), ("no_rope_layers", "[2, 1, 1, 1]"),
            ("no_rope_layer_interval", "0"), ("layer_types", #"["full_attention"]"#),
        ] {
            #expect(problem(smol.merging([key: value]) { $1 })?.contains(key) == true)
        }
    }

    @Test("Gemma 3's rotations in the forms of both versions of transformers are the same")
    func gemma3() throws {
        let gemma: [String: String?] = [
            "model_type": "\"gemma3_text\"", "num_hidden_layers": "3", "sliding_window": "8",
            "query_pre_attn_scalar": "64",
        ]
        let older = try read(
            gemma.merging([
                "rope_theta": "1e6", "rope_local_base_freq": "1e4", "sliding_window_pattern": "3",
                "rope_scaling": #"{"rope_type": "linear", "factor": 8.0}"#,
            ]) { $1 })
        let newer = try read(
            gemma.merging([
                "rope_parameters": #"{"full_attention": {"rope_type": "linear", "factor": 8.0, "#
                    + #""rope_theta": 1e6}, "sliding_attention": {"rope_type": "default", "#
                    + #""rope_theta": 1e4}}"#,
                "layer_types": #"["sliding_attention", "sliding_attention", "full_attention"]"#,
            ]) { $1 })
        #expect(older == newer)
        let whole = AttentionKind(
            rotation: Rotation(theta: 1e6, scaling: .linear(factor: 8)), window: nil)
        #expect(older.design.attention(ofLayer: 2) == whole)
        #expect(
            older.design.attention(ofLayer: 0)
                == AttentionKind(rotation: Rotation(theta: 1e4), window: 8))
        let odd = gemma.merging(["rope_parameters": #"{"full_attention": {}, "other": {}}"#]) { $1 }
        #expect(problem(odd)?.contains("rope_parameters.other is neither") == true)
    }

    @Test(
        "what is no model of these families is told for what it is",
        arguments: [
            ("mixtral", "model_type", "a mixture of experts"),
            ("some_moe", "num_experts", "a mixture of experts"),
            ("gemma3", "text_config", "reads images or sound"),
            ("new_vl", "vision_config", "reads images or sound"),
            ("mamba2", "state_size", "not all attention"), ("bert", "model_type", "an encoder"),
            ("t5", "model_type", "an encoder with a decoder"),
            ("strange", "model_type", "model_type is strange; only llama, mistral,"),
        ])
    func foreign(type: String, key: String, words: String) {
        let value = key == "num_experts" || key == "state_size" ? "8" : #"{"hidden_size": 4}"#
        let error = problem([
            "model_type": "\"\(type)\"", key == "model_type" ? "use_cache" : key: value,
        ])
        #expect(error?.contains(words) == true, "\(error ?? "accepted")")
        #expect(error?.contains("model_type is \(type)") == true)
    }

    @Test("keys of one family are not taken for another's")
    func foreignKeys() {
        for (type, key, value) in [
            ("qwen2", "attn_logit_softcapping", "50.0"), ("olmo2", "sliding_window", "4"),
            ("gemma2", "mlp_bias", "true"), ("phi3", "no_rope_layers", "[1, 0]"),
            ("qwen3", "partial_rotary_factor", "0.5"), ("qwen2", "attention_bias", "false"),
        ] {
            let error = problem(["model_type": "\"\(type)\"", key: value])
            #expect(error?.contains(key) == true, "\(type): \(error ?? "accepted")")
        }
        let shared = problem([
            "model_type": "\"gpt_neox\"", "rms_norm_eps": nil, "layer_norm_eps": "1e-5",
        ])
        #expect(shared?.contains("num_key_value_heads is 2") == true, "\(shared ?? "accepted")")
    }

    @Test("of the file that a model was read from only the tie and the type of the numbers change")
    func rewritten() throws {
        let text =
            #"{"model_type": "llama", "hidden_size": 32, "intermediate_size": 64, "#
            + #""num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 50, "#
            + #""rms_norm_eps": 1e-05, "max_position_embeddings": 256, "attention_dropout": 0.0, "#
            + #""dtype" : "bfloat16", "bos_token_id": 1, "rope_scaling": {"dtype": 1, "type": "#
            + #""linear", "factor": 2.0, "rope_theta": 1e4}}"#
        func written(_ text: String, ties: Bool) throws -> String {
            try withTemporaryFolder { folder in
                let file = folder.appending(path: "config.json")
                try Data(text.utf8).write(to: file)
                var model = try HuggingFaceConfiguration.read(file)
                model.tiesEmbeddings = ties
                try HuggingFaceConfiguration.write(model, to: file)
                #expect(try HuggingFaceConfiguration.read(file) == model)
                return try String(contentsOf: file, encoding: .utf8)
            }
        }
        let plain = text.replacing(#""dtype": 1, "#, with: "")
        let single = plain.replacing("bfloat16", with: "float32")
        #expect(try written(plain, ties: false) == single)
        let tied = try written(plain, ties: true)
        #expect(tied.hasPrefix("{\n  \"tie_word_embeddings\": true,\"model_type\""))
        #expect(try written(tied, ties: false) == tied.replacing("true", with: "false"))
    }

    @Test("what was written is read again")
    func roundTrip() throws {
        let configuration = ModelConfiguration(
            hiddenSize: 24, intermediateSize: 40, layerCount: 3, headCount: 4, kvHeadCount: 2,
            headSize: 10, vocabularySize: 77, ropeTheta: 12_345.5, normEpsilon: 1e-6,
            maxSequenceLength: 99, tiesEmbeddings: true)
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "config.json")
            try HuggingFaceConfiguration.write(configuration, to: file)
            #expect(try HuggingFaceConfiguration.read(file) == configuration)
        }
    }

    @Test(
        "a file that is no object, or says something twice, is not guessed at",
        arguments: [
            ("[]", "not a JSON object"), ("{", "not a JSON object"), ("", "not a JSON object"),
            (#"{"a": 1, "b": {"a": 1}, "a": 2}"#, "a occurs twice"),
            (String(repeating: #"{"a":"#, count: 4000), "not a JSON object"),
            ("version https://git-lfs.github.com/spec/v1\nsize 5\n", "git lfs pull"),
        ])
    func damaged(text: String, reason: String) throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "config.json")
            try Data(text.utf8).write(to: file)
            let error = #expect(throws: ModelFolderError.self) {
                try HuggingFaceConfiguration.read(file)
            }
            #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        }
    }
}
