internal import Foundation

/// What a tokenizer was made of, and is saved as.
enum TokenizerSource: Sendable {
    /// The files of a folder, as they were, by name.
    case files([String: Data])
    /// A `tokenizer.json`.
    case declaration(JSONValue)
}
