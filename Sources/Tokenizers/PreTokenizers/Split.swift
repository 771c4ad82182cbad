/// Cuts pieces where a pattern matches.
struct Split: PreTokenizerStage {
    let pattern: TextPattern
    let behavior: SplitBehavior
    /// Whether what lies between the matches counts as matched.
    let isInverted: Bool

    init(_ pattern: TextPattern, _ behavior: SplitBehavior, inverted: Bool = false) {
        self.pattern = pattern
        self.behavior = behavior
        isInverted = inverted
    }

    init(_ declaration: Declaration) throws(TokenizerError) {
        try declaration.finish("pattern", "behavior", "invert")
        self.init(
            try TextPattern(declaration),
            try declaration.required(SplitBehavior(declaration), "behavior"),
            inverted: try declaration.bool("invert") ?? false)
    }

    func apply(to pieces: inout Pieces) {
        pieces.split { bytes, piece, add in
            behavior.cut(piece, pattern.matches(in: bytes, piece), inverted: isInverted, add)
        }
    }
}
