/// Kinds of models that no family here computes, so that a refusal can say what was found.
enum ForeignKind: CaseIterable {
    case experts, vision, stateSpace, encoder, encoderDecoder

    /// The kind of a `config.json`, by what it declares; nil for one of no known kind.
    ///
    /// - Parameters:
    ///   - type: Its `model_type`.
    ///   - values: All of its keys.
    init?(_ type: String, _ values: [String: FileValue]) {
        let kind = Self.allCases.first { kind in
            kind.types.contains(type)
                || kind.keys.contains { values[$0].map { !$0.isUnset } ?? false }
        }
        guard let kind else { return nil }
        self = kind
    }

    /// The kind of GGUF files with a `general.architecture`; nil for none that is known.
    init?(architecture: String) {
        guard let kind = Self.allCases.first(where: { $0.architectures.contains(architecture) })
        else { return nil }
        self = kind
    }

    /// What it is, and what to do instead.
    var sentence: String {
        switch self {
        case .experts:
            "a mixture of experts, whose routing is not computed; use a dense model"
        case .vision:
            "a model that also reads images or sound; save its language model by itself"
        case .stateSpace:
            "a model whose layers are not all attention, which is not computed; use a transformer"
        case .encoder: "an encoder, which does not write text; use a causal language model"
        case .encoderDecoder:
            "an encoder with a decoder, which is not computed; use a model that is a decoder alone"
        }
    }

    /// Types of transformers 5.24.
    private var types: Set<String> {
        switch self {
        case .experts:
            [
                "dbrx", "deepseek_v2", "deepseek_v3", "ernie4_5_moe", "glm4_moe", "gpt_oss",
                "granitemoe", "hunyuan_v1_moe", "jetmoe", "llama4_text", "minimax", "mixtral",
                "olmoe", "phimoe", "qwen2_moe", "qwen3_moe", "qwen3_next",
            ]
        case .vision:
            [
                "gemma3", "gemma3n", "idefics3", "internvl", "llama4", "llava", "llava_next",
                "mistral3", "mllama", "paligemma", "phi4_multimodal", "qwen2_5_omni", "qwen2_5_vl",
                "qwen2_audio", "qwen2_vl", "qwen3_vl", "smolvlm",
            ]
        case .stateSpace:
            [
                "bamba", "falcon_h1", "falcon_mamba", "jamba", "lfm2", "mamba", "mamba2",
                "nemotron_h",
                "recurrent_gemma", "rwkv", "zamba", "zamba2",
            ]
        case .encoder:
            [
                "albert", "bert", "deberta", "deberta-v2", "distilbert", "electra", "modernbert",
                "mpnet", "roberta", "xlm-roberta",
            ]
        case .encoderDecoder:
            ["bart", "marian", "mbart", "pegasus", "t5", "t5gemma", "umt5", "whisper"]
        }
    }

    /// Keys that only files of the kind have set.
    private var keys: [String] {
        switch self {
        case .experts:
            ["num_local_experts", "num_experts", "n_routed_experts", "moe_intermediate_size"]
        case .vision: ["vision_config", "audio_config"]
        case .stateSpace: ["mamba_d_state", "mamba_d_ssm", "state_size"]
        case .encoder, .encoderDecoder: []
        }
    }

    /// Architectures of GGUF.
    ///
    /// Source: ggml-org/llama.cpp, `src/llama-arch.cpp`.
    private var architectures: Set<String> {
        switch self {
        case .experts:
            [
                "afmoe", "arctic", "bailingmoe", "bailingmoe2", "dbrx", "deepseek", "deepseek2",
                "dots1", "ernie4_5-moe", "glm4moe", "gpt-oss", "granitemoe", "grok", "grovemoe",
                "hunyuan-moe", "llama4", "minimax-m2", "olmoe", "phimoe", "qwen2moe", "qwen3moe",
                "qwen3next", "smallthinker",
            ]
        case .vision: ["clip", "chameleon", "cogvlm", "qwen2vl", "qwen3vl", "qwen3vlmoe"]
        case .stateSpace:
            [
                "arwkv7", "falcon-h1", "granitehybrid", "jamba", "lfm2", "lfm2moe", "mamba",
                "mamba2", "nemotron_h", "plamo2", "rwkv6", "rwkv6qwen2", "rwkv7",
            ]
        case .encoder:
            [
                "bert", "gemma-embedding", "jina-bert-v2", "jina-bert-v3", "modern-bert",
                "neo-bert", "nomic-bert", "nomic-bert-moe",
            ]
        case .encoderDecoder: ["t5", "t5encoder"]
        }
    }
}
