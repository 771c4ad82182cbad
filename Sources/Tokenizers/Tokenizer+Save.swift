package import Foundation
internal import Platform

extension Tokenizer {
    /// Writes `tokenizer.json` and `tokenizer_config.json` into `folder` for Hugging Face to read, and
    /// `generation_config.json` where a token ends a text: without it transformers' Llama stops at id 2.
    ///
    /// The same tokenizer gives the same bytes.
    ///
    /// - Throws: `TokenizerError.unwritable` if a file cannot be written.
    package func save(toFolder folder: URL) throws(TokenizerError) {
        try Self.write(file, to: folder.appending(path: Self.fileName))
        let configuration = TokenizerConfigurationFile(
            beginning: edges.beginning.map { .init(text: vocabulary[Int($0)]) },
            end: edges.ends.first.map { .init(text: vocabulary[Int($0)]) })
        try Self.write(configuration, to: folder.appending(path: EdgeFiles.configurationName))
        if !edges.ends.isEmpty {
            let ends = EndTokenFile(ids: edges.ends.map { Int($0) })
            try Self.write(ends, to: folder.appending(path: EdgeFiles.generationName))
        }
    }

    private var file: TokenizerFile {
        let merges = table.merges.map {
            "\(vocabulary[Int($0.pair.left)]) \(vocabulary[Int($0.pair.right)])"
        }
        let ids = Dictionary(
            vocabulary.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let prefix = edges.prefix.map { (id: Int($0), text: vocabulary[Int($0)]) }
        return TokenizerFile(
            addedTokens: addedTokens.map(TokenizerFile.AddedToken.init),
            preTokenizer: preTokenizer.component,
            postProcessor: prefix.isEmpty ? nil : .init(prefix: prefix), decoder: .byteLevel,
            model: TokenizerFile.Model(vocab: ids, merges: .texts(merges)))
    }

    private static func write(_ contents: some Encodable, to file: URL) throws(TokenizerError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try WholeFile.write(try encoder.encode(contents), to: file)
        } catch {
            let words = (error as? FileError)?.reason ?? reason(of: error)
            throw .unwritable(path: file.path, reason: words)
        }
    }
}

extension TokenizerFile.AddedToken {
    fileprivate init(_ token: AddedToken) {
        self.init(
            id: Int(token.id), content: token.text, normalized: token.isNormalized,
            special: token.isSpecial)
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
