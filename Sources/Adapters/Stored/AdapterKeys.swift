internal import Models

/// What the keys of an `adapter_config.json` mean.
///
/// Source: PEFT 0.21.2 (`PeftConfig`, `LoraConfig`, `VeraConfig`) and what its earlier versions
/// wrote; MoRA's keys are our own.
enum AdapterKeys {
    static let lora = common.adding(
        KeyTable(
            read: [
                "lora_alpha", "use_rslora", "use_dora", "init_lora_weights", "rank_pattern",
                "alpha_pattern",
            ],
            harmless: [
                "lora_dropout", "megatron_core", "qalora_group_size", "runtime_config",
                // How the pair started, which `init_lora_weights` tells.
                "corda_config", "eva_config", "loftq_config", "lora_ga_config",
                // The backward pass alone.
                "velora_config",
            ],
            idle: [
                "layer_replication": [],
                "trainable_token_indices": [], "target_parameters": [],
                "lora_bias": [.bool(false)], "use_qalora": [.bool(false)],
                "use_bdlora": [.bool(false)], "megatron_config": [],
                "alora_invocation_tokens": [], "alora_invocation_string": [],
                "arrow_config": [], "kasa_config": [], "monteclora_config": [],
                "block_shape": [], "enable_lora": [], "merge_weights": [.bool(false)],
            ]))

    static let vera = common.adding(
        KeyTable(
            harmless: ["vera_dropout", "d_initial", "init_weights", "projection_prng_key"],
            idle: ["save_projection": [.bool(true)]]))

    static let mora = common.adding(KeyTable(read: ["mora_operator"], harmless: ["mora_dropout"]))

    /// Our own key: the file beside the adapter with the base's weights and the updates that restarts
    /// merged into them.
    static let mergedWeights = "merged_weights"

    /// The names of the adapted modules.
    static let targets = "target_modules"

    /// The numbers of the adapted layers.
    static let layers = "layers_to_transform"

    private static let common = KeyTable(
        read: [
            "peft_type", "r", targets, layers, "layers_pattern", "exclude_modules",
            "modules_to_save", "ensure_weight_tying", mergedWeights,
        ],
        harmless: [
            "auto_mapping", "base_model_name_or_path", "inference_mode", "peft_version",
            "revision", "task_type",
        ],
        idle: ["bias": [.string("none")], "fan_in_fan_out": [.bool(false)]])
}
