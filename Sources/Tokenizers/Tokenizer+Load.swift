package import Foundation
internal import Platform

extension Tokenizer {
    /// The name of the file in a model's folder.
    package static let fileName = "tokenizer.json"

    /// Reads a Hugging Face `tokenizer.json` in `folder`, and what files beside it say of the edges of
    /// a text; see ``EdgeFiles``.
    ///
    /// - Throws: `TokenizerError` if a file cannot be read, is inconsistent, or describes anything
    ///   other than byte-level BPE with a known pre-tokenizer.
    package init(folder: URL) throws(TokenizerError) {
        let file = folder.appending(path: Self.fileName)
        let contents = try Self.decode(TokenizerFile.self, file)
        do throws(TokenizerError) {
            try self.init(contents, folder)
        } catch {
            throw error.located(at: file.path)
        }
    }

    private init(_ contents: TokenizerFile, _ folder: URL) throws(TokenizerError) {
        try contents.checkComponents()
        let vocabulary = try contents.vocabulary()
        let files = try EdgeFiles(folder: folder, vocabulary: vocabulary)
        let edges = try files.edges(template: try contents.postProcessor?.prefix() ?? [])
        let known = Set(contents.addedTokens.map(\.content))
        let named = Set(files.names).subtracting(known).compactMap { text in
            vocabulary.firstIndex(of: text).map { AddedToken(text, id: Int32($0)) }
        }
        try self.init(
            vocabulary: vocabulary, merges: try contents.model.mergePairs(),
            addedTokens: contents.addedTokens.map(\.token) + named,
            preTokenizer: try contents.knownPreTokenizer(), edges: edges)
    }

    static func decode<Contents: Decodable>(
        _ type: Contents.Type, _ file: URL
    ) throws(TokenizerError) -> Contents {
        let data: Data
        do {
            data = try RegularFile.read(file)
        } catch {
            throw .unreadable(path: file.path, reason: error.reason)
        }
        guard !data.starts(with: Data("version https://git-lfs".utf8)) else {
            throw .unreadable(
                path: file.path,
                reason: "it is a Git LFS pointer, not the file itself: fetch it with `git lfs pull`"
            )
        }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw .unreadable(path: file.path, reason: error.summary)
        } catch {
            throw .unreadable(path: file.path, reason: reason(of: error))
        }
    }
}

extension TokenizerFile {
    /// Refuses every part that would change the tokens and is not implemented.
    fileprivate func checkComponents() throws(TokenizerError) {
        func refuse(_ component: String, _ found: String?, _ supported: String)
            throws(TokenizerError)
        {
            guard let found else { return }
            throw .unsupported(component: component, found: found, supported: supported)
        }
        try refuse("normalizer", normalizer?.named, "no normalizer")
        try refuse("model", model.type == "BPE" ? nil : model.type, "BPE")
        try refuse("dropout", model.dropout == 0 ? nil : model.dropout?.description, "no dropout")
        try refuse("subword prefix", model.subwordPrefix?.nonEmpty, "none")
        try refuse("word suffix", model.wordSuffix?.nonEmpty, "none")
        try refuse(
            "byte fallback", model.byteFallback == true ? "true" : nil, "byte_fallback false")
        try refuse("merging", model.ignoreMerges == true ? "ignore_merges" : nil, "merges applied")
        try refuse("decoder", decoder?.type == "ByteLevel" ? nil : decoder?.type, "ByteLevel")
        let trimming = addedTokens.first {
            $0.lstrip == true || $0.rstrip == true || $0.singleWord == true
        }
        try refuse("added token", trimming?.content, "no lstrip, rstrip or single_word")
        let lacksByte = ByteAlphabet.scalars.contains { model.vocab[String($0)] == nil }
        try refuse("unknown token", lacksByte ? model.unknownToken : nil, "all 256 bytes, or none")
    }

    fileprivate func knownPreTokenizer() throws(TokenizerError) -> PreTokenizer {
        guard let preTokenizer else {
            throw .unsupported(
                component: "pre-tokenizer", found: "null", supported: "ByteLevel")
        }
        let isSequence = preTokenizer.type == "Sequence"
        let parts = isSequence ? preTokenizer.pretokenizers ?? [] : [preTokenizer]
        let cutsWords = parts.last?.isByteLevel == true
        if cutsWords, parts.count == 1 { return .gpt2 }
        if cutsWords, parts.count == 2, parts[0].type == "Digits", parts[0].individualDigits == true
        {
            return .smollm
        }
        throw .unsupported(
            component: "pre-tokenizer", found: parts.map(\.type).joined(separator: ", "),
            supported: "ByteLevel without prefix space, or Digits (individual) and ByteLevel")
    }

    fileprivate func vocabulary() throws(TokenizerError) -> [String] {
        let entries = model.vocab.map { (token: $0.key, id: $0.value) }
        let added = addedTokens.filter { model.vocab[$0.content] != $0.id }
            .map { (token: $0.content, id: $0.id) }
        let count = entries.count + added.count
        var tokens = [String?](repeating: nil, count: count)
        for (token, id) in entries + added {
            guard tokens.indices.contains(id) else {
                throw .idOutOfRange(token: token, id: id, count: count)
            }
            if let other = tokens[id] {
                throw .duplicateID(id: id, first: min(other, token), second: max(other, token))
            }
            tokens[id] = token
        }
        return tokens.compactMap { $0 }
    }
}

extension TokenizerFile.AddedToken {
    fileprivate var token: AddedToken {
        AddedToken(
            content, id: Int32(clamping: id), isSpecial: special ?? true,
            isNormalized: normalized ?? false)
    }
}

extension TokenizerFile.Component {
    /// What it is called; nil for a sequence of nothing.
    fileprivate var named: String? {
        type == "Sequence" && normalizers?.isEmpty == true ? nil : type
    }

    fileprivate var isByteLevel: Bool {
        type == "ByteLevel" && addPrefixSpace != true && useRegex != false
    }
}

extension TokenizerFile.Model {
    fileprivate func mergePairs() throws(TokenizerError) -> [(left: String, right: String)] {
        switch merges {
        case .texts(let texts): return try Tokenizer.split(texts)
        case .pairs(let pairs):
            if let index = pairs.firstIndex(where: { $0.count != 2 }) {
                throw .malformedMerge(index: index, text: pairs[index].joined(separator: " "))
            }
            return pairs.map { ($0[0], $0[1]) }
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

extension DecodingError {
    /// What is wrong and at which key, in one line.
    fileprivate var summary: String {
        let context: Context? =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context): context
            case .keyNotFound(_, let context), .dataCorrupted(let context): context
            @unknown default: nil
            }
        guard let context else { return "not the JSON of a tokenizer" }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? context.debugDescription : "\(context.debugDescription) (at \(path))"
    }
}
