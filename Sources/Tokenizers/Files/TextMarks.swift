/// What a post-processor puts around the ids of a text.
struct TextMarks: Equatable {
    var prefix: [Int] = []
    var suffix: [Int] = []
}

extension Declaration {
    /// What is put around every text.
    ///
    /// Source: huggingface/tokenizers 0.23, `processors/`.
    /// - Throws: `TokenizerError.unsupported` for a post-processor that does anything else to ids.
    ///   That of type `ByteLevel` moves only the places that are told with them.
    func marks() throws(TokenizerError) -> TextMarks {
        switch try type() {
        case "ByteLevel":
            try finish("add_prefix_space", "trim_offsets", "use_regex")
            return TextMarks()
        case "Sequence":
            try finish("processors")
            var marks = TextMarks()
            for processor in try children("processors") {
                let outer = try processor.marks()
                marks = TextMarks(
                    prefix: outer.prefix + marks.prefix, suffix: marks.suffix + outer.suffix)
            }
            return marks
        case "TemplateProcessing":
            try finish("single", "pair", "special_tokens")
            return try templateMarks()
        case "BertProcessing", "RobertaProcessing":
            try finish("sep", "cls", "trim_offsets", "add_prefix_space")
            return TextMarks(prefix: [try mark("cls")], suffix: [try mark("sep")])
        default:
            throw unknownType(
                "post-processor",
                "ByteLevel, TemplateProcessing, BertProcessing, RobertaProcessing, or a Sequence "
                    + "of them")
        }
    }

    private func templateMarks() throws(TokenizerError) -> TextMarks {
        var (marks, hasText) = (TextMarks(), false)
        for piece in try children("single") {
            if let text = try piece.child("Sequence") {
                guard try text.text("id") == "A", !hasText else {
                    throw unsupportedTemplate("a text twice")
                }
                hasText = true
            } else {
                let token = try piece.required(piece.child("SpecialToken"), "SpecialToken")
                let ids = try ids(of: try token.required(token.text("id"), "id"))
                if hasText { marks.suffix += ids } else { marks.prefix += ids }
            }
        }
        guard hasText else { throw unsupportedTemplate("no text") }
        return marks
    }

    private func ids(of name: String) throws(TokenizerError) -> [Int] {
        guard let token = try child("special_tokens")?.child(name) else {
            throw unsupportedTemplate("\(name), whose ids it lacks")
        }
        return try token.required(token.list("ids"), "ids").compactMap(\.integer)
    }

    private func mark(_ key: String) throws(TokenizerError) -> Int {
        guard let pair = try required(list(key), key).last, let id = pair.integer else {
            throw .malformed(place: at(key), found: "no id", expected: "a token and its id")
        }
        return id
    }

    private func unsupportedTemplate(_ found: String) -> TokenizerError {
        .unsupported(
            component: "post-processor", found: "TemplateProcessing with \(found)",
            supported: "one text with marks around it")
    }
}
