package import Datasets

/// What the arms are trained on: the target's examples, for each loss mask that an arm has.
package struct TrainingData: Equatable {
    private let examples: [LossMask: [TokenizedExample]]

    /// The examples of arms with this mask; empty if there is no such arm.
    package subscript(mask: LossMask) -> [TokenizedExample] { examples[mask, default: []] }

    /// Instructions and responses.
    ///
    /// - Parameters:
    ///   - masks: The masks of all arms.
    ///   - encode: Encodes the records with a mask.
    init(masks: [LossMask], encode: (LossMask) throws -> [TokenizedExample]) rethrows {
        var examples: [LossMask: [TokenizedExample]] = [:]
        for mask in masks where examples[mask] == nil { examples[mask] = try encode(mask) }
        self.examples = examples
    }

    /// Plain text, all of which carries loss whatever the mask.
    init(text: [TokenizedExample], masks: [LossMask]) {
        examples = Dictionary(masks.map { ($0, text) }) { first, _ in first }
    }
}
