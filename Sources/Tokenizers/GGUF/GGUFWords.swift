/// The stages that a GGUF file names by `tokenizer.ggml.pre`.
///
/// Source: llama.cpp, `llm_tokenizer_bpe` and `load` of `src/llama-vocab.cpp`; the normalizers are
/// those of the models' own `tokenizer.json`.
struct GGUFWords {
    var preTokenizer: JSONValue
    var normalizer: JSONValue?
    var ignoresMerges = false

    /// - Parameter name: nil, in old files, means GPT-2's words.
    /// - Throws: `TokenizerError` for a name that is not known.
    init(_ name: String?) throws(TokenizerError) {
        switch name {
        case nil, "gpt-2", "gpt2", "olmo", "mpt", "phi-2":
            preTokenizer = PreTokenizer.gpt2.declaration
        case "smollm", "starcoder", "refact", "command-r":
            preTokenizer = PreTokenizer.smollm.declaration
        case "qwen2", "deepseek-r1-qwen":
            preTokenizer = Self.tiktoken(#"\p{N}"#)
            normalizer = TokenizerDeclaration.stage("NFC")
        case "llama-bpe", "llama3", "llama-v3", "smaug-bpe":
            preTokenizer = Self.tiktoken(#"\p{N}{1,3}"#)
            ignoresMerges = name != "smaug-bpe"
        case "dbrx": preTokenizer = Self.tiktoken(#"\p{N}{1,3}"#)
        case .some(let name):
            throw .unsupported(
                component: "pre-tokenizer", found: name,
                supported: "gpt-2, olmo, mpt, phi-2, smollm, starcoder, refact, command-r, qwen2, "
                    + "deepseek-r1-qwen, llama-bpe, smaug-bpe or dbrx")
        }
    }

    private static func tiktoken(_ numbers: String) -> JSONValue {
        TokenizerDeclaration.words(WordRule.tiktokenExpression(numbers: numbers))
    }
}
