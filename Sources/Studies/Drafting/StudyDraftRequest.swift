/// What a study of one's own is to be made from; paths as studies have them.
package struct StudyDraftRequest: Sendable {
    /// As the key `base` names it.
    package var base: String
    /// Records or text to train on.
    package var train: String
    /// What is measured; nil to hold out a part of `train`.
    package var evaluation: String?
    /// Text of which the base may forget something.
    package var sourceText: String?
    /// A folder with the files of tasks of which it may forget something.
    package var sourceData: String?
    /// The file to write; nil for one that is named after the data.
    package var output: String?

    package init(
        base: String, train: String, evaluation: String? = nil, sourceText: String? = nil,
        sourceData: String? = nil, output: String? = nil
    ) {
        self.base = base
        self.train = train
        self.evaluation = evaluation
        self.sourceText = sourceText
        self.sourceData = sourceData
        self.output = output
    }
}

/// Why no study can be drafted.
package enum StudyDraftError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Everything that is wrong with what it is to be made from, at once.
    case unusable([String])
    /// Files that are there already.
    case present([String])
    case noRoom(needed: Int, room: Int)

    package var description: String {
        switch self {
        case .unusable(let problems): problems.joined(separator: "\n")
        case .present(let paths):
            paths.map {
                "\($0): is there already and is not replaced; remove it, or name another study "
                    + "with --out"
            }.joined(separator: "\n")
        case .noRoom(let needed, let room):
            "even LoRA of a single sequence needs \(MemorySize(bytes: needed).rounded) here, of "
                + "which \(MemorySize(bytes: room).rounded) may be taken; use a smaller model, or "
                + "a machine with more memory"
        }
    }
}
