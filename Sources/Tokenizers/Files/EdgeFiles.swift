internal import Foundation

/// Finds the tokens at the edges of a text in the files of a Hugging Face folder.
///
/// - What ends a text: `eos_token` of `tokenizer_config.json`, which transformers' users put after an
///   answer; then `eos_token_id` of `generation_config.json` and of `config.json`, at any of which
///   its `generate` stops (the latter where the former is missing; both are read here). The first of
///   them all is put after answers. An id beyond the vocabulary, such as the default of a
///   configuration that was made for another tokenizer, ends nothing: no text has it.
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

    /// The files that are kept with a tokenizer as they are.
    static let kept = [Tokenizer.fileName, configurationName, mapName, generationName]

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

    /// The tokens at the edges, where `marks` are what the post-processor puts around a text.
    ///
    /// - Throws: `TokenizerError` if a token is not in the vocabulary.
    func edges(_ marks: TextMarks) throws(TokenizerError) -> TextEdges {
        try check(configuration?.addsEnd == true && marks.suffix.isEmpty, "add_eos_token")
        let beginning = try id("bos_token", \.beginning)
        var prefix = marks.prefix.map { Int32(clamping: $0) }
        if prefix.isEmpty, configuration?.addsBeginning == true {
            guard let beginning else {
                throw .missingToken(
                    path: path(Self.configurationName), key: "add_bos_token", token: "bos_token")
            }
            prefix = [beginning]
        }
        var ends = [try id("eos_token", \.end)].compactMap { $0 }
        for name in Self.endNames { ends += try endIDs(name).filter { !ends.contains($0) } }
        return TextEdges(
            prefix: prefix, suffix: marks.suffix.map { Int32(clamping: $0) }, beginning: beginning,
            ends: ends)
    }

    /// - Parameter addsSpace: Whether the tokenizer puts a space before a text, as its file says.
    /// - Throws: `TokenizerError` if the configuration says otherwise.
    func checkSpace(_ addsSpace: Bool) throws(TokenizerError) {
        try check(configuration?.addsPrefixSpace == true && !addsSpace, "add_prefix_space")
    }

    /// The texts of the tokens that are named; they are recognised whole.
    var names: [String] {
        [\TokenizerConfigurationFile.beginning, \.end].compactMap { name($0)?.text }
    }

    private func checkConfiguration() throws(TokenizerError) {
        try check(configuration?.splitsSpecialTokens == true, "split_special_tokens")
        for (id, token) in configuration?.addedTokens ?? [:]
        where Int(id).flatMap({ vocabulary.indices.contains($0) ? vocabulary[$0] : nil })
            != token.text
        {
            throw .unknownToken(
                path: path(Self.configurationName), key: "added_tokens_decoder",
                token: "\(token.text) with id \(id)")
        }
    }

    private func check(_ isRefused: Bool, _ key: String) throws(TokenizerError) {
        guard isRefused else { return }
        throw .unsupported(
            component: "setting", found: "\(key) true in \(Self.configurationName)",
            supported: "\(key) false")
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
        if let wrong = file.ids.first(where: { $0 < 0 }) {
            throw .unknownID(
                path: path(name), key: "eos_token_id", id: wrong, count: vocabulary.count)
        }
        return file.ids.filter { $0 < vocabulary.count }.map { Int32($0) }
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
