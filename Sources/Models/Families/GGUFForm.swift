/// How GGUF files describe the models of a family, as llama.cpp's converter writes them.
///
/// What such a file says is put in the words of `config.json` (`GGUFDescription`), so that a family has
/// one reader of its design, and a model that was read from GGUF is saved as Hugging Face's.
struct GGUFForm: Sendable {
    /// The file's `general.architecture`, with which its keys begin.
    let architecture: String
    /// What modules are called.
    var names = TensorNames.gguf
    /// The key of the number that norms add to a variance.
    var epsilonKey = "attention.layer_norm_rms_epsilon"
    /// Keys below the architecture beside those of all, and what they mean.
    var keys = KeyTable()
    /// Where rows of queries and keys are.
    var rows = GGUFRows.inOrder
    /// What the converter adds to the weights of norms.
    var normOffset: Float = 0
    /// What `config.json` calls the base of the rotation.
    var thetaKey = "rope_theta"
    /// What it calls the share of a head that is turned; nil where a family always turns all.
    var partKey: String?
    /// Whether angles can be divided by the numbers of a tensor, which is how Llama 3's scaling is put.
    var hasRotaryFactors = false
    /// Whether layers can have a window.
    var hasWindow = false
    /// Puts what is the family's own.
    var describe: @Sendable (_ description: inout GGUFDescription) -> Void = { _ in }
}

extension TensorNames {
    /// GGUF's names, which most architectures share.
    static let gguf = TensorNames(
        embedding: "token_embd", finalNorm: "output_norm", head: "output", layers: "blk",
        projections: [
            .q: "attn_q", .k: "attn_k", .v: "attn_v", .qkv: "attn_qkv", .o: "attn_output",
            .gate: "ffn_gate", .up: "ffn_up", .down: "ffn_down",
        ],
        norms: [
            .beforeAttention: "attn_norm", .afterAttention: "post_attention_norm",
            .beforeMLP: "ffn_norm", .afterMLP: "post_ffw_norm", .query: "attn_q_norm",
            .key: "attn_k_norm",
        ])
}
