package import Datasets
package import Foundation

/// A text whose words and bytes are counted as it was published, and which the model reads in the form
/// in which it was written.
package struct TextPage: Sendable, Equatable {
    /// What words and bytes are counted of.
    package let original: String
    /// What is predicted.
    package let text: String

    /// A text that is read as it is.
    package init(_ text: String) { (original, self.text) = (text, text) }

    private init(original: String, text: String) {
        self.original = original
        self.text = text
    }

    /// White space between words, and one more; see `WikiText.wordCount`.
    package var wordCount: Int { WikiText.wordCount(original) }
    package var byteCount: Int { original.utf8.count }

    /// The articles of WikiText as it is published.
    ///
    /// - Parameter file: The official file (`wiki.test.raw`, `wiki.test.tokens`), or with a name ending
    ///   in `.jsonl` rows of a `page` (an article) or of a `text` (a line or more, in order). It may be
    ///   compressed with gzip.
    /// - Returns: The articles in order, at least one.
    /// - Throws: `DatasetError`.
    package static func wikiText(_ file: URL) throws(DatasetError) -> [TextPage] {
        let articles: [String]
        if isRows(file) {
            articles = Self.articles(try JSONRows.read(Row.self, from: file))
        } else {
            articles = WikiText.articles(try text(of: file).replacing("\r\n", with: "\n"))
        }
        guard !articles.isEmpty else { throw .empty(path: file.path) }
        return articles.map { TextPage(original: $0, text: WikiText.joined($0)) }
    }

    /// Texts of any kind.
    ///
    /// - Parameter file: With a name ending in `.jsonl` rows of a `text` or a `page`, each a text; else
    ///   one text, or as many as `<|endoftext|>` separates. It may be compressed with gzip.
    /// - Returns: The texts in order, at least one, without white space around them.
    /// - Throws: `DatasetError`.
    package static func texts(_ file: URL) throws(DatasetError) -> [TextPage] {
        let texts =
            isRows(file)
            ? try JSONRows.read(Row.self, from: file).map(\.text)
            : try text(of: file).components(separatedBy: PlainText.separator)
        let filled = texts.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .filter { !$0.isEmpty }
        guard !filled.isEmpty else { throw .empty(path: file.path) }
        return filled.map { TextPage($0) }
    }

    /// Rows of a `page` are articles; those of a `text` are lines, with or without their ends.
    private static func articles(_ rows: [Row]) -> [String] {
        guard rows.contains(where: { !$0.isPage }) else { return rows.map(\.text) }
        let lines = rows.map { $0.text.hasSuffix("\n") ? String($0.text.dropLast()) : $0.text }
        return WikiText.articles(lines.joined(separator: "\n"))
    }

    private static func isRows(_ file: URL) -> Bool {
        let name = file.pathExtension == "gz" ? file.deletingPathExtension() : file
        return ["jsonl", "json"].contains(name.pathExtension)
    }

    private static func text(of file: URL) throws(DatasetError) -> String {
        guard let text = String(bytes: try FileContents.read(file), encoding: .utf8) else {
            throw .unreadable(path: file.path, reason: "not UTF-8 text")
        }
        return text
    }

    private struct Row: Decodable {
        var text: String
        var isPage: Bool

        private enum CodingKeys: String, CodingKey { case page, text }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            let page = try values.decodeIfPresent(String.self, forKey: .page)
            isPage = page != nil
            text = try page ?? values.decode(String.self, forKey: .text)
        }
    }
}
