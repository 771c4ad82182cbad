internal import Foundation
package import Models
internal import Tensors

/// Small models of every family, and of the forms that their files can take.
package enum SmallFamilies {
    /// The keys beside the sizes, by the name of a case.
    package static let designs: [String: String] = [
        "llama": #""model_type": "llama", "rms_norm_eps": 1e-5, "rope_scaling": "#
            + #"{"rope_type": "llama3", "factor": 4.0, "low_freq_factor": 1.0, "#
            + #""high_freq_factor": 4.0, "original_max_position_embeddings": 8}"#,
        "llama-biases": #""model_type": "llama", "rms_norm_eps": 1e-5, "attention_bias": true, "#
            + #""mlp_bias": true, "hidden_act": "gelu", "rope_scaling": "#
            + #"{"type": "linear", "factor": 2.0}"#,
        "mistral": #""model_type": "mistral", "rms_norm_eps": 1e-5, "sliding_window": 3"#,
        "qwen2": #""model_type": "qwen2", "rms_norm_eps": 1e-6, "tie_word_embeddings": true, "#
            + #""use_sliding_window": true, "sliding_window": 4, "max_window_layers": 1"#,
        "qwen3": #""model_type": "qwen3", "rms_norm_eps": 1e-6, "attention_bias": true"#,
        "smollm3": #""model_type": "smollm3", "rms_norm_eps": 1e-6, "no_rope_layer_interval": 2"#,
        "gemma2": #""model_type": "gemma2", "rms_norm_eps": 1e-6, "sliding_window": 3, "#
            + #""query_pre_attn_scalar": 9, "attn_logit_softcapping": 2.0, "#
            + #""final_logit_softcapping": 3.0"#,
        "gemma3": #""model_type": "gemma3_text", "rms_norm_eps": 1e-6, "sliding_window": 3, "#
            + #""query_pre_attn_scalar": 9, "sliding_window_pattern": 2"#,
        "olmo2": #""model_type": "olmo2", "rms_norm_eps": 1e-6"#,
        "phi3": #""model_type": "phi3", "rms_norm_eps": 1e-5, "partial_rotary_factor": 0.34, "#
            + #""sliding_window": 5"#,
        "gpt_neox": #""model_type": "gpt_neox", "layer_norm_eps": 1e-5, "rotary_pct": 0.34, "#
            + #""num_key_value_heads": 4"#,
        "gpt_neox-serial": #""model_type": "gpt_neox", "layer_norm_eps": 1e-5, "rotary_pct": 1.0, "#
            + #""num_key_value_heads": 4, "use_parallel_residual": false, "hidden_act": "gelu_new""#,
    ]

    package static var names: [String] { designs.keys.sorted() }

    private static let sizes =
        #""hidden_size": 24, "intermediate_size": 28, "#
        + #""num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 23, "#
        + #""max_position_embeddings": 32"#

    /// The `config.json` of a case.
    package static func json(_ name: String) -> String {
        let design = designs[name] ?? ""
        let isOneToOne = design.contains("num_key_value_heads")
        return "{\(sizes), \(design)"
            + (isOneToOne ? "}" : #", "num_key_value_heads": 2, "head_dim": 6}"#)
    }

    package static func configuration(_ name: String) throws -> ModelConfiguration {
        try configuration(json: json(name))
    }

    /// The model that a `config.json` describes.
    package static func configuration(json: String) throws -> ModelConfiguration {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "config.json")
            try Data(json.utf8).write(to: file)
            return try HuggingFaceConfiguration.read(file)
        }
    }

    /// A model whose weights, gains and biases are all its own.
    package static func model(_ name: String, seed: UInt64 = 7) throws -> Transformer {
        try model(configuration(name), seed: seed)
    }

    /// The same of a configuration.
    package static func model(
        _ configuration: ModelConfiguration, seed: UInt64 = 7
    ) throws -> Transformer {
        var generator = SmallGenerator(state: seed)
        let model = try Transformer.initialised(configuration, using: &generator)
        for (declaration, parameter) in zip(model.declarations, model.parameters) {
            let start = Array(parameter.storage.buffer)
            switch declaration.role {
            case .norm:
                parameter.fillNormal(deviation: 0.2, using: &generator)
                for index in start.indices { parameter.values[index] += start[index] }
            case .embedding, .head, .weight, .bias, .normBias:
                parameter.fillNormal(deviation: 0.4, using: &generator)
            }
        }
        return model
    }
}
