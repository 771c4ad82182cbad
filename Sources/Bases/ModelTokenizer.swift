package import Foundation
internal import Models
package import Tokenizers

/// The tokenizer of a model on disk, without the rest of the model.
package enum ModelTokenizer {
    /// Reads it from a `.gguf` file or a Hugging Face folder.
    ///
    /// - Throws: `TokenizerError` or `WeightFileError`.
    package static func read(_ url: URL) throws -> Tokenizer {
        guard url.pathExtension == "gguf" else { return try Tokenizer(folder: url) }
        return try read(try GGUFFile(url), path: url.path)
    }

    static func read(_ file: GGUFFile, path: String) throws -> Tokenizer {
        let parts = try file.tokenizerMetadata()
        do throws(TokenizerError) {
            return try tokenizer(parts)
        } catch {
            throw error.located(at: path)
        }
    }

    private static func tokenizer(
        _ parts: GGUFTokenizerMetadata
    ) throws(TokenizerError) -> Tokenizer {
        let edges = TextEdges(
            prefixIDs: parts.prefixIDs, beginningID: parts.bosID, endIDs: parts.endIDs)
        return switch parts.kind {
        case .gpt2:
            try Tokenizer(
                ggufTokens: parts.tokens, merges: parts.merges, tokenTypes: parts.tokenTypes,
                preTokenizer: parts.preTokenizer, edges: edges)
        case .llama:
            try Tokenizer(
                sentencePieces: parts.tokens, scores: parts.scores,
                tokenTypes: parts.tokenTypes ?? [], addsSpace: parts.addsSpace, edges: edges)
        }
    }
}
