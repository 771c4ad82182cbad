package import Foundation

/// Reads text for continued pretraining and for held-out loss.
package enum PlainText {
    /// The mark that separates documents in a `.txt` file, whatever the tokenizer.
    package static let separator = "<|endoftext|>"

    /// The documents of a file of text or the texts of a `.jsonl` one, of which `range` may choose.
    ///
    /// Text is split at `<|endoftext|>`, or at blank lines if it does not hold that mark; so documents
    /// of several paragraphs need the mark. A line of white space is blank. White space around a
    /// document is cut. Empty documents are left out. A row with an instruction is bad.
    ///
    /// - Throws: `DatasetError.unreadable`, `.malformed`, `.empty`, `.noRowInRange` or
    ///   `.noRowsToChoose`.
    package static func read(
        _ file: URL, _ range: RowRange? = nil
    ) throws(DatasetError) -> [String] {
        let documents: [String]
        if isText(file) {
            guard range == nil else { throw .noRowsToChoose(path: file.path) }
            documents = split(try text(of: file))
        } else {
            documents = try JSONRows.read(TextRow.self, from: file, range).map(\.text)
        }
        let filled = documents.filter { !$0.isEmpty }
        guard !filled.isEmpty else { throw .empty(path: file.path) }
        return filled
    }

    /// Whether a file is text by its name, `.txt` or as WikiText's `.raw`, and not rows.
    package static func isText(_ file: URL) -> Bool {
        let name = file.pathExtension == "gz" ? file.deletingPathExtension() : file
        return ["txt", "raw"].contains(name.pathExtension)
    }

    /// A row that is text and nothing else.
    private struct TextRow: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let record = try Record(from: decoder)
            guard record.instruction.isEmpty, record.input.isEmpty else { throw NotText() }
            text = record.output
        }
    }

    private struct NotText: Error, CustomStringConvertible {
        var description: String {
            "an instruction with its answer, not a text; give rows of `text`, or train on it with "
                + "regime: instruct"
        }
    }

    private static func text(of file: URL) throws(DatasetError) -> String {
        guard let text = String(bytes: try FileContents.read(file), encoding: .utf8) else {
            throw .unreadable(path: file.path, reason: "not UTF-8 text")
        }
        return text
    }

    private static func split(_ text: String) -> [String] {
        let lines = text.replacing("\r\n", with: "\n")
        let documents =
            lines.contains(separator)
            ? lines.components(separatedBy: separator) : blocks(of: lines)
        return documents.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    private static func blocks(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .split { $0.allSatisfy(\.isWhitespace) }
            .map { $0.joined(separator: "\n") }
    }
}
