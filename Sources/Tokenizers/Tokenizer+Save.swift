package import Foundation

extension Tokenizer {
    /// Writes `tokenizer.json` and `tokenizer_config.json` into `folder` for Hugging Face to read.
    ///
    /// The same tokenizer gives the same bytes.
    ///
    /// - Throws: `TokenizerError.unwritable` if a file cannot be written.
    package func save(toFolder folder: URL) throws(TokenizerError) {
        try Self.write(file, to: folder.appending(path: Self.fileName))
        let configuration = TokenizerConfigurationFile(
            beginning: beginningOfText.map { .init(text: vocabulary[Int($0)]) },
            end: endOfText.map { .init(text: vocabulary[Int($0)]) })
        try Self.write(configuration, to: folder.appending(path: "tokenizer_config.json"))
    }

    private var file: TokenizerFile {
        let added = specialTokens.sorted { $0.value < $1.value }
            .map { TokenizerFile.AddedToken(id: Int($0.value), content: $0.key) }
        let merges = table.merges.map {
            "\(vocabulary[Int($0.pair.left)]) \(vocabulary[Int($0.pair.right)])"
        }
        let ids = Dictionary(
            vocabulary.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return TokenizerFile(
            addedTokens: added, preTokenizer: preTokenizer.component, decoder: .byteLevel,
            model: TokenizerFile.Model(vocab: ids, merges: .texts(merges)))
    }

    private static func write(_ contents: some Encodable, to file: URL) throws(TokenizerError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try encoder.encode(contents).write(to: file, options: .atomic)
        } catch {
            throw .unwritable(path: file.path, reason: error.localizedDescription)
        }
    }
}

extension PreTokenizer {
    fileprivate var component: TokenizerFile.Component {
        switch self {
        case .gpt2: .byteLevel
        case .smollm:
            TokenizerFile.Component(
                type: "Sequence",
                pretokenizers: [.init(type: "Digits", individualDigits: true), .byteLevel])
        }
    }
}

extension TokenizerFile.Component {
    fileprivate static var byteLevel: Self {
        Self(type: "ByteLevel", addPrefixSpace: false, trimOffsets: true, useRegex: true)
    }
}
