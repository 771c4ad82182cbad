package import Foundation

/// Reads text for continued pretraining and for held-out loss.
package enum PlainText {
    /// The mark that separates documents in a `.txt` file, whatever the tokenizer.
    package static let separator = "<|endoftext|>"

    /// The documents of a `.txt` file or the texts of a `.jsonl` one.
    ///
    /// A `.txt` file is split at `<|endoftext|>`, or at blank lines if it does not hold that mark;
    /// so documents of several paragraphs need the mark. White space around a document is cut.
    /// Empty documents are left out.
    /// - Throws: `DatasetError.unreadable`, `.malformed` or `.empty`.
    package static func read(_ file: URL) throws(DatasetError) -> [String] {
        let name = file.pathExtension == "gz" ? file.deletingPathExtension() : file
        let documents: [String]
        if name.pathExtension == "txt" {
            documents = split(try text(of: file))
        } else {
            documents = try Record.read(file).map(\.output)
        }
        let filled = documents.filter { !$0.isEmpty }
        guard !filled.isEmpty else { throw .empty(path: file.path) }
        return filled
    }

    private static func text(of file: URL) throws(DatasetError) -> String {
        guard let text = String(bytes: try FileContents.read(file), encoding: .utf8) else {
            throw .unreadable(path: file.path, reason: "not UTF-8 text")
        }
        return text
    }

    private static func split(_ text: String) -> [String] {
        let lines = text.replacing("\r\n", with: "\n")
        return lines.components(separatedBy: lines.contains(separator) ? separator : "\n\n")
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    }
}
