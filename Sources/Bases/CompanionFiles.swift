package import Foundation
internal import Platform

/// The files of a model's folder that belong to its texts and that nothing here makes anew: other forms
/// of the tokenizer, which other programs read, and chat templates.
package enum CompanionFiles {
    private static let names = [
        "added_tokens.json", "chat_template.jinja", "chat_template.json", "merges.txt",
        "tokenizer.model", "vocab.json",
    ]
    /// With templates beside the usual one.
    private static let templates = "additional_chat_templates"

    /// Copies those that are there.
    ///
    /// - Throws: `FileError` if one cannot be read or written.
    package static func copy(from folder: URL, to other: URL) throws {
        let further = folder.appending(path: templates)
        let inside = (try? FileManager.default.contentsOfDirectory(atPath: further.path)) ?? []
        let paths = names + inside.filter { $0.hasSuffix(".jinja") }.map { "\(templates)/\($0)" }
        for path in paths where RegularFile.problem(folder.appending(path: path)) == nil {
            let target = other.appending(path: path)
            try Folder.create(target.deletingLastPathComponent())
            try WholeFile.write(try RegularFile.read(folder.appending(path: path)), to: target)
        }
    }
}
