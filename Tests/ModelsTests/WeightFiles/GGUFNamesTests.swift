import Models
import Testing

@Suite struct GGUFNamesTests {
    @Test(
        "names are translated",
        arguments: [
            ("token_embd.weight", "model.embed_tokens.weight"),
            ("output_norm.weight", "model.norm.weight"),
            ("output.weight", "lm_head.weight"),
            ("blk.12.attn_output.weight", "model.layers.12.self_attn.o_proj.weight"),
            ("blk.0.attn_q.bias", "model.layers.0.self_attn.q_proj.bias"),
            ("blk.0.ffn_norm.weight", "model.layers.0.post_attention_layernorm.weight"),
        ])
    func known(name: String, expected: String) {
        #expect(GGUFNames(.llama).huggingFaceName(name) == expected)
        #expect(GGUFNames(.llama).name(huggingFace: expected) == name)
    }

    @Test(
        "others are not",
        arguments: [
            "rope_freqs.weight", "blk.x.attn_q.weight", "blk.0.ssm_in.weight", "output", "",
            "token_embd.bias", "blk.00.attn_q.weight", "blk.0.attn_q.scale",
        ])
    func unknown(name: String) {
        #expect(GGUFNames(.llama).huggingFaceName(name) == nil)
    }
}
