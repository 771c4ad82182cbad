import Adapters
import Foundation
import Models
import TestSupport
import Testing

/// What an `adapter_config.json` of PEFT says beside the tensors.
@Suite struct StoredAdapterTests {
    private static let plain: [String: String] = [
        "peft_type": "\"LORA\"", "r": "3", "lora_alpha": "6",
        "target_modules": #"["q_proj", "down_proj"]"#, "base_model_name_or_path": "null",
    ]

    /// What reading an adapter of q and down says after a change to its configuration; nil if it is
    /// read.
    private func problem(
        _ changes: [String: String?], tables: Set<VocabularyTable> = [],
        _ change: (URL) throws -> Void = { _ in }
    ) throws -> String? {
        let lora = LoRA(rank: 3, alpha: 6, targets: [.q, .down])
        let attached = try AttachedMethod.perturbed(
            tables.isEmpty ? lora : TrainedTables(lora, tables: tables))
        return try withTemporaryFolder { folder in
            try attached.tuned.writeTrained(to: folder)
            var keys = Self.plain
            for (key, value) in changes { keys[key] = value }
            let json = keys.map { "\"\($0)\": \($1)" }.joined(separator: ", ")
            try Data("{\(json)}".utf8).write(to: folder.appending(path: "adapter_config.json"))
            try change(folder)
            do {
                _ = try TrainedFolder(folder).model(on: attached.base)
                return nil
            } catch {
                return "\(error)"
            }
        }
    }

    @Test(
        "modules are named whole, by their ends, all at once or by an expression",
        arguments: [
            #"["q_proj", "down_proj"]"#, #"["self_attn.q_proj", "mlp.down_proj", "fc1"]"#,
            #"["model.layers.0.self_attn.q_proj", "layers.1.self_attn.q_proj", "down_proj"]"#,
            #""model\\.layers\\.\\d+\\.(self_attn\\.q_proj|mlp\\.down_proj)""#,
            #"".*(q|down)_proj""#, "null",
        ])
    func targets(modules: String) throws {
        #expect(try problem(["target_modules": modules]) == nil)
    }

    @Test(
        "modules whose tensors are missing, and tensors of others, are named",
        arguments: [
            (#"["q_proj", "v_proj", "down_proj"]"#, "layers.0.self_attn.v_proj.lora_A.weight is"),
            (#""all-linear""#, "layers.0.self_attn.k_proj.lora_A.weight is missing"),
            (#"["down_proj"]"#, "layers.0.self_attn.q_proj.lora_A.weight has no place"),
            (#"["q_proj", "down_proj", "lm_head"]"#, "target_modules names lm_head"),
            (
                #"["q_proj", "model.layers.0.mlp.down_proj"]"#,
                "layers.1.mlp.down_proj.lora_A.weight has no place"
            ),
            (#"["fc1"]"#, "target_modules names no module"), (#""(""#, "target_modules is ("),
            ("3", "target_modules is 3"), (#""((.*)*)*x""#, "((.*)*)*x takes too long"),
        ])
    func otherTargets(modules: String, reason: String) throws {
        let error = try problem(["target_modules": modules])
        #expect(error?.contains(reason) == true, "\(error ?? "accepted")")
    }

    @Test(
        "keys that change the adapter are refused by name",
        arguments: [
            ("bias", "\"lora_only\""), ("fan_in_fan_out", "true"),
            ("rank_pattern", #"{"q_proj": 0}"#), ("rank_pattern", #"{"q_proj": 1.5}"#),
            ("rank_pattern", #"{"q_proj": 3, "q_proj": 3}"#), ("rank_pattern", "[3]"),
            ("rank_pattern", #"{"(": 3}"#), ("alpha_pattern", #"{"q_proj": "6"}"#),
            ("alpha_pattern", #"{"\\p{L}": 6}"#),
            ("layers_to_transform", #""1""#), ("layers_to_transform", "[0.5]"),
            ("layer_replication", "[[0, 1]]"), ("trainable_token_indices", "[1]"),
            ("exclude_modules", "3"),
            ("target_parameters", #"["x"]"#), ("lora_bias", "true"), ("use_qalora", "true"),
            ("use_bdlora", #"{"nblocks": 2}"#), ("megatron_config", #"{"x": 1}"#),
            ("kasa_config", #"{"x": 1}"#), ("a_new_key", "1"), ("r", "\"many\""), ("r", "null"),
            ("lora_alpha", "true"), ("init_lora_weights", "\"mica\""), ("peft_type", "\"IA3\""),
            ("modules_to_save", "[" + String(repeating: #""q", "#, count: 300) + #""q"]"#),
            ("modules_to_save", #"["lm_head"]"#), ("modules_to_save", #"["norm"]"#),
            ("use_dora", "1"),
        ])
    func refused(key: String, value: String) throws {
        let error = try problem([key: value])
        #expect(error?.contains(key) == true, "\(error ?? "accepted")")
    }

    @Test(
        "keys that change nothing are not",
        arguments: [
            ("bias", "\"none\""), ("rank_pattern", "{}"), ("layers_pattern", "\"layers\""),
            ("layers_to_transform", "null"), ("layers_to_transform", "[0, 1, 9]"),
            ("exclude_modules", #"["v_proj"]"#), ("rank_pattern", #"{"v_proj": 8}"#),
            ("init_lora_weights", "\"orthogonal\""),
            ("megatron_core", "\"megatron.core\""), ("loftq_config", "{}"), ("a_new_key", "null"),
            ("inference_mode", "true"), ("peft_version", "\"0.99\""), ("lora_dropout", "0.5"),
        ])
    func harmless(key: String, value: String) throws {
        #expect(try problem([key: value]) == nil)
    }

    @Test("a rank that is not the tensors' is told before there is room for it")
    func ranks() throws {
        let other = try problem(["rank_pattern": #"{"layers.1.*": 9223372036854775807}"#])
        #expect(
            other?.contains(
                "layers.1.mlp.down_proj.lora_A.weight has shape [3, 28], expected "
                    + "[9223372036854775807, 28]") == true, "\(other ?? "accepted")")
        #expect(other?.contains("layers.0") == false)
        let endless = try problem(["alpha_pattern": #"{"((.*)*)*x": 6}"#])
        #expect(endless?.contains("((.*)*)*x takes too long") == true)
    }

    @Test("layers are chosen as PEFT chooses them, and only where modules are listed")
    func layers() throws {
        let one = try problem(["layers_to_transform": "1"])
        #expect(one?.contains("layers.0.mlp.down_proj.lora_A.weight has no place") == true)
        #expect(one?.contains("layers.1") == false)
        let both = ["layers_to_transform": "[0, 1]"]
        for pattern in [#""layers""#, #"["h", "layers"]"#, #""""#, "[]"] {
            #expect(try problem(both.merging(["layers_pattern": pattern]) { $1 }) == nil)
        }
        let lost = try problem(both.merging(["layers_pattern": #""h""#]) { $1 })
        #expect(lost?.contains("target_modules names no module") == true)
        let odd = try problem(both.merging(["layers_pattern": "3"]) { $1 })
        #expect(odd?.contains("layers_pattern is 3") == true)
        let text = try problem(both.merging(["target_modules": #"".*(q|down)_proj""#]) { $1 })
        #expect(text?.contains("layers_to_transform is [0, 1], which PEFT takes only") == true)
    }

    @Test("excluded modules have no adapter, listed or by an expression")
    func excluded() throws {
        for value in [#"["mlp.down_proj"]"#, #"".*\\.mlp\\..*""#] {
            let error = try problem(["exclude_modules": value])
            #expect(error?.contains("layers.0.mlp.down_proj.lora_A.weight has no place") == true)
            #expect(error?.contains("q_proj") == false)
        }
    }

    @Test("tables that are said to be stored whole are there, and tied if they are to be")
    func tables() throws {
        let both = #"["embed_tokens", "model.lm_head"]"#
        #expect(try problem([:], tables: [.embedding, .head]) == nil)
        let unknown = try problem(["modules_to_save": both], tables: [.embedding])
        #expect(unknown?.contains("modules_to_save names model.lm_head") == true)
        let known = #"["model.embed_tokens", "lm_head"]"#
        #expect(try problem(["modules_to_save": known], tables: [.embedding]) == nil)
        let tied = try problem(["ensure_weight_tying": "true"], tables: [.embedding]) { folder in
            try rewrite(folder) { $0.contains("lm_head") ? nil : $1 }
        }
        #expect(tied?.contains("ensure_weight_tying is true") == true, "\(tied ?? "accepted")")
    }

    @Test("whole weights beside an adapter take the base's place only where it says so")
    func weightsBeside() throws {
        let other = try smallModel(seed: 8)
        let beside = try problem([:]) { try other.save(toFolder: $0) }
        #expect(beside?.contains("there are whole weights beside the adapter") == true)
        let named = try problem(["merged_weights": "\"model.safetensors\""]) {
            try other.save(toFolder: $0)
        }
        #expect(named == nil)
        let lost = try problem(["merged_weights": "\"model.safetensors\""])
        #expect(lost?.contains("model.safetensors") == true)
        let elsewhere = try problem(["merged_weights": "\"../x\""])
        #expect(elsewhere?.contains("merged_weights is ../x") == true)
    }

    @Test("adapters of other programs are named as such")
    func otherPrograms() throws {
        let mlx = try problem(["peft_type": nil, "fine_tune_type": "\"lora\""]) { folder in
            try FileManager.default.moveItem(
                at: folder.appending(path: "adapter_model.safetensors"),
                to: folder.appending(path: "adapters.safetensors"))
        }
        #expect(mlx?.contains("fine_tune_type lora: the adapter is one of MLX") == true)
        #expect(mlx?.contains("adapters.safetensors is an adapter of MLX") == true)
        #expect(try problem(["peft_type": nil])?.contains("no peft_type") == true)
        let pickle = try problem([:]) { folder in
            try FileManager.default.moveItem(
                at: folder.appending(path: "adapter_model.safetensors"),
                to: folder.appending(path: "adapter_model.bin"))
        }
        #expect(pickle?.contains("adapter_model.bin is PyTorch's format") == true)
        let pointer = try problem([:]) { folder in
            try Data("version https://git-lfs.github.com/spec/v1\n".utf8)
                .write(to: folder.appending(path: "adapter_model.safetensors"))
        }
        #expect(pointer?.contains("git lfs pull") == true)
    }

    @Test("lost tensors and numbers that are not finite are named")
    func tensors() throws {
        let name = "base_model.model.model.layers.1.mlp.down_proj.lora_B.weight"
        let lost = try problem([:]) { try rewrite($0) { $0 == name ? nil : $1 } }
        #expect(lost?.contains("\(name) is missing") == true)
        let infinite = try problem([:]) { folder in
            try rewrite(folder) { $0 == name ? $1.map { $0 * .infinity } : $1 }
        }
        #expect(infinite?.contains("\(name) has numbers that are not finite") == true)
    }

    /// Writes the tensors of an adapter anew, without those that become nil.
    private func rewrite(_ folder: URL, _ change: (String, [Float]) -> [Float]?) throws {
        let url = folder.appending(path: "adapter_model.safetensors")
        var writer = SafetensorsWriter()
        let file = try SafetensorsFile(url)
        let tensors = try file.tensorNames.map { ($0, try file.readFloats($0)) }
        for (name, values) in tensors {
            guard let changed = change(name, values) else { continue }
            writer.add(name, shape: file.shape(of: name) ?? [], values: changed)
        }
        try writer.write(to: url)
    }

    @Test("whole weights with numbers of their own must be the base's, but for the tie")
    func wholeWeights() throws {
        let base = try smallModel()
        try withTemporaryFolder { folder in
            let other = ModelConfiguration(
                hiddenSize: 20, intermediateSize: 28, layerCount: 2, headCount: 4, kvHeadCount: 2,
                headSize: 6, vocabularySize: 23, ropeTheta: 500, maxSequenceLength: 64)
            try smallModel(other).save(toFolder: folder)
            let error = #expect(throws: ModelFolderError.self) {
                try TrainedFolder(folder).model(on: base)
            }
            let text = error?.description ?? ""
            #expect(text.contains("rope_theta is 500, but 10000 in the base"), "\(text)")
            #expect(text.contains("max_position_embeddings is 64, but 32 in the base"), "\(text)")
        }
        try withTemporaryFolder { folder in
            try base.untied().save(toFolder: folder)
            #expect(try !TrainedFolder(folder).model(on: base).configuration.tiesEmbeddings)
        }
    }
}
