package import Foundation
internal import Platform

extension Tokenizer {
    /// The name of the file in a model's folder.
    package static let fileName = "tokenizer.json"

    /// Reads a Hugging Face `tokenizer.json` in `folder`, and what files beside it say of the edges of
    /// a text; see ``EdgeFiles``.
    ///
    /// - Throws: `TokenizerError` if a file cannot be read, is inconsistent, or declares a stage that
    ///   is not implemented.
    package init(folder: URL) throws(TokenizerError) {
        let file = folder.appending(path: Self.fileName)
        let value = try Self.value(try Self.contents(file), file)
        do throws(TokenizerError) {
            try self.init(TokenizerFile(value), folder)
        } catch {
            throw error.located(at: file.path)
        }
    }

    private init(_ file: TokenizerFile, _ folder: URL) throws(TokenizerError) {
        let vocabulary = try file.vocabulary()
        let edges = try EdgeFiles(folder: folder, vocabulary: vocabulary)
        try edges.checkSpace(file.addsSpace)
        let known = Set(file.addedTokens.map(\.text))
        let named = Set(edges.names).subtracting(known).compactMap { text in
            vocabulary.firstIndex(of: text).map { AddedToken(text, id: Int32($0)) }
        }
        try self.init(
            file, vocabulary: vocabulary, addedTokens: file.addedTokens + named,
            edges: try edges.edges(file.marks), source: .files(try Self.kept(folder)))
    }

    private static func kept(_ folder: URL) throws(TokenizerError) -> [String: Data] {
        var files: [String: Data] = [:]
        for name in EdgeFiles.kept {
            let file = folder.appending(path: name)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            files[name] = try contents(file)
        }
        return files
    }

    private static func value(_ data: Data, _ file: URL) throws(TokenizerError) -> JSONValue {
        do {
            return try JSONReader.read(data)
        } catch {
            throw .unreadable(path: file.path, reason: error.summary)
        }
    }

    private static func contents(_ file: URL) throws(TokenizerError) -> Data {
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
        return data
    }

    static func decode<Contents: Decodable>(
        _ type: Contents.Type, _ file: URL
    ) throws(TokenizerError) -> Contents {
        let data = try contents(file)
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
    /// Whether a space is put before a text, in whatever form, or no stage could do it.
    fileprivate var addsSpace: Bool {
        preTokenizers.allSatisfy { ($0 as? ByteLevelStage)?.addsSpace ?? true }
    }
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
