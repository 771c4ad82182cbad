/// A change of tokens' texts on the way back to the text that they stand for.
protocol DecoderStage: Sendable {
    /// The texts of the tokens of a whole text, changed; they may become fewer.
    func decode(_ tokens: [String]) -> [String]

    /// The bytes of one token that stands within a text, given its bytes before this stage; what the
    /// stage does at the edges of a text does not happen.
    func bytes(within token: [UInt8]) -> [UInt8]
}

extension Declaration {
    /// The stages that are declared, in order.
    ///
    /// Source: huggingface/tokenizers 0.23, `decoders/`.
    /// - Throws: `TokenizerError` for one that is not implemented, by its name.
    func decoders() throws(TokenizerError) -> [any DecoderStage] {
        switch try type() {
        case "Sequence":
            try finish("decoders")
            var all: [any DecoderStage] = []
            for child in try children("decoders") { all += try child.decoders() }
            return all
        case "ByteLevel":
            try finish("add_prefix_space", "trim_offsets", "use_regex")
            return [ByteLevelDecoder()]
        case "Metaspace":
            try finish("replacement", "prepend_scheme", "split", "add_prefix_space", "str_rep")
            let (replacement, scheme) = try Metaspace.options(self)
            return [MetaspaceDecoder(replacement: replacement, stripsFirst: scheme != .never)]
        case "Replace": return [try Replacement(self)]
        case "ByteFallback":
            try finish()
            return [ByteFallback()]
        case "Fuse":
            try finish()
            return [Fuse()]
        case "Strip": return [try StripDecoder(self)]
        case "BPEDecoder":
            try finish("suffix")
            return [SuffixDecoder(suffix: try text("suffix") ?? "</w>")]
        default:
            throw unknownType(
                "decoder",
                "ByteLevel, Metaspace, Replace, ByteFallback, Fuse, Strip, BPEDecoder, or a "
                    + "Sequence of them")
        }
    }
}
