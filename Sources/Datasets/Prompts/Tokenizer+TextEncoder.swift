package import Tokenizers

extension Tokenizer: TextEncoder {
    package var specialTexts: [String] { addedTokens.filter(\.isSpecial).map(\.text) }
}
