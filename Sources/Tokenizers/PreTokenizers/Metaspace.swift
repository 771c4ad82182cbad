/// Writes spaces as a visible character, puts one before a text, and cuts before each.
///
/// Source: huggingface/tokenizers 0.23, `pre_tokenizers/metaspace.rs`; before 0.14 the option was
/// called `add_prefix_space`.
struct Metaspace: PreTokenizerStage {
    /// Before which pieces the character is put, unless they begin with it.
    enum Scheme: String {
        /// That at the start of the text.
        case first
        case always
        case never
    }

    let replacement: [UInt8]
    let scheme: Scheme
    let cuts: Bool

    init(_ declaration: Declaration) throws(TokenizerError) {
        try declaration.finish(
            "replacement", "prepend_scheme", "split", "add_prefix_space", "str_rep")
        (replacement, scheme) = try Self.options(declaration)
        cuts = try declaration.bool("split") ?? true
    }

    /// What pre-tokenizer and decoder of this name have in common.
    static func options(_ declaration: Declaration) throws(TokenizerError) -> ([UInt8], Scheme) {
        let text = try declaration.required(declaration.text("replacement"), "replacement")
        guard let name = try declaration.text("prepend_scheme") else {
            return (
                Array(text.utf8),
                try declaration.bool("add_prefix_space") == false ? .never : .always
            )
        }
        guard let scheme = Scheme(rawValue: name) else {
            throw .unsupported(
                component: "option", found: "\(declaration.at("prepend_scheme")) \(name)",
                supported: "first, always, never")
        }
        return (Array(text.utf8), scheme)
    }

    func apply(to pieces: inout Pieces) {
        let position = pieces.position
        pieces.rewrite { text, index in
            let written = Replacement(pattern: .text([0x20]), content: replacement)
                .applied(to: Array(text))
            let prepends = isPrepended(index, position) && !written.starts(with: replacement)
            return prepends ? replacement + written : written
        }
        if cuts { Split(.text(replacement), .mergedWithNext).apply(to: &pieces) }
    }

    private func isPrepended(_ index: Int, _ position: TextPosition) -> Bool {
        switch scheme {
        case .first: index == 0 && position == .start
        case .always: index > 0 || position != .withinText
        case .never: false
        }
    }
}
