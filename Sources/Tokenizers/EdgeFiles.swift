internal import Foundation

/// Finds the tokens at the edges of a text in the files of a Hugging Face folder.
///
/// - What ends a text: `eos_token` of `tokenizer_config.json`, which transformers' users put after an
///   answer; then `eos_token_id` of `generation_config.json` and of `config.json`, at any of which
///   its `generate` stops (the latter where the former is missing; both are read here). The first of
///   them all is put after answers.
/// - What a text begins with: what `post_processor` of `tokenizer.json` puts there, and `bos_token`
///   where `add_bos_token` is true. Where there is a `tokenizer.json`, transformers 5 looks at the
///   post-processor alone; 4.x let `add_bos_token` decide with Llama's classes.
/// - Names: `special_tokens_map.json` goes before `tokenizer_config.json` if that has no
///   `added_tokens_decoder`.
///
/// Source: transformers 5.24, `tokenization_utils_base.py` (`_from_pretrained`),
/// `tokenization_utils_tokenizers.py` and `generation/utils.py` (`load_custom_generate`,
/// `GenerationConfig.from_pretrained`).
struct EdgeFiles {
    private let folder: URL
    private let vocabulary: [String]
    private let configuration: TokenizerConfigurationFile?
    private let map: TokenizerConfigurationFile?

    static let configurationName = "tokenizer_config.json"
    static let generationName = "generation_config.json"
    private static let mapName = "special_tokens_map.json"
    private static let endNames = [generationName, "config.json"]

    /// - Throws: `TokenizerError` if a file cannot be read or asks for what is not done.
    init(folder: URL, vocabulary: [String]) throws(TokenizerError) {
        self.folder = folder
        self.vocabulary = vocabulary
        configuration = try Self.read(Self.configurationName, folder)
        map =
            configuration?.addedTokens == nil ? try Self.read(Self.mapName, folder) : nil
        try checkConfiguration()
    }

    /// The tokens at the edges, where `template` is what the post-processor puts before a text.
    ///
    /// - Throws: `TokenizerError` if a token is not in the vocabulary.
    func edges(template: [Int]) throws(TokenizerError) -> TextEdges {
        let beginning = try id("bos_token", \.beginning)
        var prefix = template.map { Int32(clamping: $0) }
        if prefix.isEmpty, configuration?.addsBeginning == true {
            guard let beginning else {
                throw .missingToken(
                    path: path(Self.configurationName), key: "add_bos_token", token: "bos_token")
            }
            prefix = [beginning]
        }
        var ends = [try id("eos_token", \.end)].compactMap { $0 }
        for name in Self.endNames { ends += try endIDs(name).filter { !ends.contains($0) } }
        return TextEdges(prefix: prefix, beginning: beginning, ends: ends)
    }

    /// The texts of the tokens that are named; they are recognised whole.
    var names: [String] {
        [\TokenizerConfigurationFile.beginning, \.end].compactMap { name($0)?.text }
    }

    private func checkConfiguration() throws(TokenizerError) {
        let refused = [
            ("add_eos_token", configuration?.addsEnd),
            ("split_special_tokens", configuration?.splitsSpecialTokens),
            ("add_prefix_space", configuration?.addsPrefixSpace),
        ].first { $0.1 == true }
        if let refused {
            throw .unsupported(
                component: "setting", found: "\(refused.0) true in \(Self.configurationName)",
                supported: "\(refused.0) false")
        }
        for (id, token) in configuration?.addedTokens ?? [:]
        where Int(id).flatMap({ vocabulary.indices.contains($0) ? vocabulary[$0] : nil })
            != token.text
        {
            throw .unknownToken(
                path: path(Self.configurationName), key: "added_tokens_decoder",
                token: "\(token.text) with id \(id)")
        }
    }

    private func name(
        _ key: KeyPath<TokenizerConfigurationFile, TokenizerConfigurationFile.Name?>
    ) -> (text: String, file: String)? {
        if let text = map?[keyPath: key]?.text { return (text, Self.mapName) }
        return configuration?[keyPath: key].map { ($0.text, Self.configurationName) }
    }

    private func id(
        _ spelling: String,
        _ key: KeyPath<TokenizerConfigurationFile, TokenizerConfigurationFile.Name?>
    ) throws(TokenizerError) -> Int32? {
        guard let name = name(key) else { return nil }
        guard let id = vocabulary.firstIndex(of: name.text) else {
            throw .unknownToken(path: path(name.file), key: spelling, token: name.text)
        }
        return Int32(id)
    }

    private func endIDs(_ name: String) throws(TokenizerError) -> [Int32] {
        guard let file: EndTokenFile = try Self.read(name, folder) else { return [] }
        if let wrong = file.ids.first(where: { !vocabulary.indices.contains($0) }) {
            throw .unknownID(
                path: path(name), key: "eos_token_id", id: wrong, count: vocabulary.count)
        }
        return file.ids.map { Int32($0) }
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    /// The contents of a file; nil if it is not there.
    private static func read<Contents: Decodable>(
        _ name: String, _ folder: URL
    ) throws(TokenizerError) -> Contents? {
        let file = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try Tokenizer.decode(Contents.self, file)
    }
}
