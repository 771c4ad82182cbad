/// The rules of the expressions that most tokenizers cut words with, which ``WordScanner`` follows.
struct WordRule: Sendable, Equatable {
    /// How contractions such as `'ll` are written.
    enum Contractions {
        /// In lower case: `'s|'t|'re|'ve|'m|'ll|'d`.
        case lowercase
        /// In either: `(?i:'s|'t|'re|'ve|'m|'ll|'d)`.
        case anyCase
    }

    /// What may stand before the letters of a word and belong to it.
    enum Lead {
        /// A space, before numbers, too: ` ?\p{L}+| ?\p{N}+`.
        case space
        /// Anything but letters, numbers and line breaks: `[^\r\n\p{L}\p{N}]?\p{L}+`.
        case anything
    }

    var contractions: Contractions
    var lead: Lead
    /// How many numbers stand together at most.
    var longestNumber: Int
    /// Whether line breaks end what stands before them (`[\r\n]*` after punctuation, `\s*[\r\n]+`).
    var breaksLines: Bool

    /// The words of GPT-2.
    ///
    /// Source: Radford et al. 2019 (openai/gpt-2, `src/encoder.py`).
    static let gpt2 = WordRule(
        contractions: .lowercase, lead: .space, longestNumber: .max, breaksLines: false)

    /// The words of Llama 3 and cl100k; Qwen's where `longestNumber` is 1.
    ///
    /// Source: openai/tiktoken, `tiktoken_ext/openai_public.py` (`cl100k_base`); `tokenizer.json` of
    /// meta-llama/Llama-3.2-1B and of Qwen/Qwen2.5-0.5B.
    static func tiktoken(longestNumber: Int) -> WordRule {
        WordRule(
            contractions: .anyCase, lead: .anything, longestNumber: longestNumber, breaksLines: true
        )
    }

    static let gpt2Expression =
        #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

    static func tiktokenExpression(numbers: String) -> String {
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"# + numbers
            + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    }

    /// The rules by the expressions that they are equal to.
    static let known: [String: WordRule] = [
        gpt2Expression: .gpt2,
        #"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#: .gpt2,
        tiktokenExpression(numbers: #"\p{N}"#): .tiktoken(longestNumber: 1),
        tiktokenExpression(numbers: #"\p{N}{1,3}"#): .tiktoken(longestNumber: 3),
        tiktokenExpression(numbers: #"\p{N}+"#): .tiktoken(longestNumber: .max),
        #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"#:
            .tiktoken(longestNumber: 3),
    ]
}
