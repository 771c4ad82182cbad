/// What can be wrong with a tokenizer's files or with a request to train one.
package enum TokenizerError: Error, Equatable, Sendable {
    /// The file cannot be read or is not the JSON that is expected.
    case unreadable(path: String, reason: String)
    /// The file cannot be written.
    case unwritable(path: String, reason: String)
    /// A part of the tokenizer is of a kind that is not implemented.
    case unsupported(component: String, found: String, supported: String)
    /// A token has an id outside `0 ..< count`.
    case idOutOfRange(token: String, id: Int, count: Int)
    /// Two tokens have the same id.
    case duplicateID(id: Int, first: String, second: String)
    /// A merge rule is not two symbols.
    case malformedMerge(index: Int, text: String)
    /// A merge rule names or makes a symbol that is not in the vocabulary.
    case unknownMergeSymbol(index: Int, symbol: String)
    /// A number that belongs to the tokenizer does not fit its list of tokens.
    case countMismatch(name: String, expected: Int, found: Int)
    /// The vocabulary to train has no room for the special tokens and the 256 bytes.
    case vocabularyTooSmall(requested: Int, least: Int)
}

extension TokenizerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path): cannot read the tokenizer: \(reason)"
        case .unwritable(let path, let reason):
            "\(path): cannot write the tokenizer: \(reason)"
        case .unsupported(let component, let found, let supported):
            "tokenizer \(component) \(found) is not supported; use one with \(supported)"
        case .idOutOfRange(let token, let id, let count):
            "token \(token) has id \(id), but the \(count) tokens must have the ids 0 to \(count - 1)"
        case .duplicateID(let id, let first, let second):
            "tokens \(first) and \(second) have the same id \(id); give each its own"
        case .malformedMerge(let index, let text):
            "merge \(index) is \"\(text)\"; a merge is two symbols, such as \"t h\""
        case .unknownMergeSymbol(let index, let symbol):
            "merge \(index) uses \(symbol), which is not in the vocabulary; add it or drop the merge"
        case .countMismatch(let name, let expected, let found):
            "\(name) has \(found) entries, but the vocabulary has \(expected)"
        case .vocabularyTooSmall(let requested, let least):
            "a vocabulary of \(requested) has no room for the special tokens and the 256 bytes; "
                + "ask for at least \(least)"
        }
    }
}
