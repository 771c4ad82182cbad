package import Foundation
internal import Platform

extension Tokenizer {
    /// Writes the tokenizer into `folder` for Hugging Face to read: the files that it was read from, as
    /// they were, or else `tokenizer.json` and `tokenizer_config.json`; and `generation_config.json`
    /// where a token ends a text: without it transformers' Llama stops at id 2.
    ///
    /// The same tokenizer gives the same bytes.
    ///
    /// - Throws: `TokenizerError.unwritable` if a file cannot be written.
    package func save(toFolder folder: URL) throws(TokenizerError) {
        for (name, data) in files.sorted(by: { $0.key < $1.key }) {
            try Self.write(data, to: folder.appending(path: name))
        }
    }

    private var files: [String: Data] {
        var files: [String: Data]
        switch source {
        case .files(let original): files = original
        case .declaration(let value):
            files = [
                Self.fileName: Data(JSONWriter.write(value)),
                EdgeFiles.configurationName: Data(JSONWriter.write(configuration)),
            ]
        }
        if !edges.ends.isEmpty, files[EdgeFiles.generationName] == nil {
            let ends = JSONValue.array(edges.ends.map { .integer(Int($0)) })
            files[EdgeFiles.generationName] = Data(
                JSONWriter.write(.object([("eos_token_id", ends)])))
        }
        return files
    }

    private var configuration: JSONValue {
        func name(_ key: String, _ id: Int32?) -> [(key: String, value: JSONValue)] {
            id.map { [(key, .string(vocabulary[Int($0)]))] } ?? []
        }
        return .object(
            [("tokenizer_class", .string("PreTrainedTokenizerFast"))]
                + name("bos_token", edges.beginning) + name("eos_token", edges.end))
    }

    private static func write(_ data: Data, to file: URL) throws(TokenizerError) {
        do {
            try WholeFile.write(data, to: file)
        } catch {
            throw .unwritable(path: file.path, reason: error.reason)
        }
    }
}
