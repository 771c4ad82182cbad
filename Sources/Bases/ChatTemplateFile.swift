internal import Datasets
package import Foundation
internal import Platform

/// The chat template in a Hugging Face folder.
package enum ChatTemplateFile {
    /// The text of the chat template; nil if there is none that can be read.
    ///
    /// It is `chat_template.jinja`, or else `chat_template` in `tokenizer_config.json`, of several
    /// there the one named `default`. Of a file that is too long only so much is read that it shows.
    static func text(inFolder folder: URL) -> String? {
        let file = folder.appending(path: name)
        let most = ChatLayout.templateLimit + 1
        if let contents = try? RegularFile.read(file, upTo: most) {
            return String(decoding: contents, as: UTF8.self)
        }
        let configuration = folder.appending(path: "tokenizer_config.json")
        guard let contents = try? RegularFile.read(configuration) else { return nil }
        return (try? JSONDecoder().decode(Configuration.self, from: contents))?.text
    }

    /// Writes the text as a file of its own, unless it is longer than is ever read.
    ///
    /// - Throws: `FileError` if the file cannot be written.
    package static func write(_ text: String, toFolder folder: URL) throws {
        guard text.utf8.count <= ChatLayout.templateLimit else { return }
        try WholeFile.write(Data(text.utf8), to: folder.appending(path: name))
    }

    private static let name = "chat_template.jinja"

    private struct Configuration: Decodable {
        private struct Named: Decodable {
            let name: String
            let template: String
        }

        let text: String?

        private enum Key: String, CodingKey {
            case template = "chat_template"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            if let named = try? container.decode([Named].self, forKey: .template) {
                text = named.first { $0.name == "default" }?.template
            } else {
                text = try container.decodeIfPresent(String.self, forKey: .template)
            }
        }
    }
}
