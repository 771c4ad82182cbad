/// What the keys in the metadata of a GGUF file mean, below the name of its architecture; keys elsewhere
/// do not describe a model's numbers.
///
/// Source: ggml-org/ggml, `docs/gguf.md`; ggml-org/llama.cpp, `src/llama-arch.cpp`.
enum GGUFKeys {
    /// Keys of all architectures; a family may give one that does nothing here a meaning.
    static let model = KeyTable(
        read: ModelSetting.allCases.filter { $0 != .normEpsilon }.map(\.ggufKey) + [
            "attention.value_length", "rope.dimension_count", "attention.sliding_window",
            "rope.scaling.type", "rope.scaling.factor", "rope.scale_linear",
        ],
        harmless: [
            "rope.scaling.original_context_length", "rope.scaling.finetuned",
            "tensor_data_layout", "pooling_type", "expert_used_count",
        ],
        idle: [
            "rope.scaling.attn_factor": [.int(1)],
            "expert_count": [.int(0)], "attention.causal": [.bool(true)],
            "attention.max_alibi_bias": [.int(0)], "attention.clamp_kqv": [.int(0)],
            "attention.scale": [.int(0)], "attn_logit_softcapping": [.int(0)],
            "final_logit_softcapping": [.int(0)], "use_parallel_residual": [.bool(false)],
            "logit_scale": [.int(0), .int(1)], "residual_scale": [.int(0), .int(1)],
            "embedding_scale": [.int(0), .int(1)],
        ])
}
