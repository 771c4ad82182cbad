/// What the keys of a `config.json` mean in all families.
///
/// Sources: transformers 5.24 (`PreTrainedConfig` and the families' own) and what its earlier versions
/// wrote.
enum HuggingFaceKeys {
    /// Keys of all families; a family may give one that does nothing here a meaning.
    static let model = KeyTable(
        read: ModelSetting.allCases.map { $0.key(in: .huggingFace) } + [
            "model_type", "tie_word_embeddings", "rope_scaling", "rope_parameters",
            "sliding_window", "layer_types",
        ],
        harmless: files + processing + training + products,
        idle: [
            "attention_bias": [.bool(false)], "mlp_bias": [.bool(false)],
            "qkv_bias": [.bool(false)], "use_bias": [.bool(false)], "bias": [.bool(false)],
            "partial_rotary_factor": [.int(1)], "rotary_pct": [.int(1)],
            "rope_interleaved": [.bool(false)], "use_rope": [.bool(true)],
            "no_rope_layers": [], "no_rope_layer_interval": [], "rope_local_base_freq": [],
            "sliding_window_pattern": [], "attention_chunk_size": [],
            "use_bidirectional_attention": [.bool(false)], "is_causal": [.bool(true)],
            "embedding_multiplier": [.int(1)], "residual_multiplier": [.int(1)],
            "attention_multiplier": [], "logits_scaling": [.int(1)], "logit_scale": [.int(1)],
            "scale_emb": [.int(1)], "scale_depth": [], "dim_model_base": [],
            "query_pre_attn_scalar": [], "attn_logit_softcapping": [],
            "final_logit_softcapping": [], "clip_qkv": [],
            "use_qk_norm": [.bool(false)], "qk_layernorm": [.bool(false)],
            "num_local_experts": [.int(0)], "num_experts": [.int(0)],
            "is_encoder_decoder": [.bool(false)], "add_cross_attention": [.bool(false)],
            "cross_attention_hidden_size": [], "pruned_heads": [],
        ],
        refused: [
            "quantization_config": quantised, "quantization": quantised,
            "compression_config": quantised,
        ])

    private static let quantised =
        "the weights are quantised in a form that is not read; save the model dequantised, "
        + "in float32, float16 or bfloat16, or as a GGUF file"

    /// Where the model came from and how its file was written.
    private static let files = [
        "_commit_hash", "_from_auto", "_name_or_path", "_pre_quantization_dtype", "architectures",
        "auto_map", "dtype", "finetuning_task", "is_llama_config", "name_or_path", "torch_dtype",
        "torchscript", "transformers.js_config", "transformers_version", "unsloth_fixed",
        "unsloth_version", "use_bfloat16",
    ]

    /// How a program computes the same numbers, and what it returns.
    ///
    /// The parts of `pretraining_tp` add up to the same products.
    private static let processing = [
        "_attn_implementation", "_attn_implementation_autoset", "_attn_implementation_internal",
        "_experts_implementation", "_flash_attn_2_enabled", "attn_implementation",
        "chunk_size_feed_forward", "is_decoder", "max_sequence_length", "max_window_layers",
        "output_attentions", "output_hidden_states", "output_scores", "pretraining_tp",
        "return_dict", "return_dict_in_generate", "tf_legacy_loss", "tie_encoder_decoder",
        "use_cache", "use_flash_attention", "use_return_dict", "use_sliding_window",
    ]

    /// What only training and heads of other kinds use.
    private static let training = [
        "attention_dropout", "classifier_dropout", "embd_pdrop", "gradient_checkpointing",
        "hidden_dropout", "id2label", "initializer_range", "label2id", "num_labels",
        "problem_type", "resid_pdrop", "residual_dropout", "task_specific_params",
    ]

    /// Marks of text, which the tokenizer's reader takes, and settings of generation.
    private static let products = [
        "bad_words_ids", "begin_suppress_tokens", "bos_token_id", "decoder_start_token_id",
        "diversity_penalty", "do_sample", "early_stopping", "encoder_no_repeat_ngram_size",
        "eos_token_id", "exponential_decay_length_penalty", "forced_bos_token_id",
        "forced_eos_token_id", "length_penalty", "mask_token_id", "max_length", "min_length",
        "no_repeat_ngram_size", "num_beam_groups", "num_beams", "num_return_sequences",
        "pad_token_id", "prefix", "remove_invalid_values", "repetition_penalty", "sep_token_id",
        "suppress_tokens", "temperature", "tokenizer_class", "top_k", "top_p", "typical_p",
        "unk_token_id",
    ]
}
