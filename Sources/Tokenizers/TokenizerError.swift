/// What can be wrong with a tokenizer's files or with a request to train one.
package enum TokenizerError: Error, Equatable, Sendable {
    /// The file cannot be read or is not the JSON that is expected.
    case unreadable(path: String, reason: String)
    /// The file cannot be written.
    case unwritable(path: String, reason: String)
    /// A part of the tokenizer is of a kind that is not implemented.
    case unsupported(component: String, found: String, supported: String)
    /// A value of the tokenizer's file is not of the kind that stands there.
    case malformed(place: String, found: String, expected: String)
    /// A token has an id outside `0 ..< count`.
    case idOutOfRange(token: String, id: Int, count: Int)
    /// A file names a token that is not in the vocabulary.
    case unknownToken(path: String, key: String, token: String)
    /// A file gives an id beyond the vocabulary.
    case unknownID(path: String, key: String, id: Int, count: Int)
    /// A file asks for a token without naming it.
    case missingToken(path: String, key: String, token: String)
    /// Something is wrong with what a file holds.
    indirect case contents(path: String, TokenizerError)
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
        case .malformed(let place, let found, let expected):
            "the tokenizer's \(place.isEmpty ? "file" : place) is \(found); it must be \(expected)"
        case .idOutOfRange(let token, let id, let count):
            "token \(token) has id \(id), but the \(count) tokens must have the ids 0 to \(count - 1)"
        case .unknownToken(let path, let key, let token):
            "\(path): \(key) is \(token), which is not in the vocabulary of the tokenizer; "
                + "name a token that is"
        case .unknownID(let path, let key, let id, let count):
            "\(path): \(key) is \(id), but the tokenizer's ids are 0 to \(count - 1); "
                + "give one of these"
        case .missingToken(let path, let key, let token):
            "\(path): \(key) asks for a \(token), but none is named; name it or set \(key) to false"
        case .contents(let path, let error):
            "\(path): \(error)"
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

extension TokenizerError {
    /// The error with the file that it is about, if it does not name one itself.
    package func located(at path: String) -> TokenizerError {
        switch self {
        case .unreadable, .unwritable, .unknownToken, .unknownID, .missingToken, .contents: self
        default: .contents(path: path, self)
        }
    }
}
