package import Datasets

/// What the arms are trained on: the target's examples, for each loss mask that an arm has.
package struct TrainingData: Equatable {
    private let examples: [LossMask: [TokenizedExample]]
    /// Records that were cut or left out, in words.
    package let remarks: [String]

    /// The examples of arms with this mask; empty if there is no such arm.
    package subscript(mask: LossMask) -> [TokenizedExample] { examples[mask, default: []] }

    /// Instructions and responses.
    ///
    /// - Parameters:
    ///   - masks: The masks of all arms.
    ///   - file: What remarks call the records' file.
    ///   - dataset: Encodes the records with a mask.
    init(
        masks: [LossMask], file: String, dataset: (LossMask) throws -> TokenizedDataset
    ) rethrows {
        var examples: [LossMask: [TokenizedExample]] = [:]
        var remarks: [String] = []
        for mask in masks where examples[mask] == nil {
            let data = try dataset(mask)
            examples[mask] = data.examples
            remarks += Self.remarks(data, file).filter { !remarks.contains($0) }
        }
        self.examples = examples
        self.remarks = remarks
    }

    /// Plain text, all of which carries loss whatever the mask.
    init(text: [TokenizedExample], masks: [LossMask]) {
        examples = Dictionary(masks.map { ($0, text) }) { first, _ in first }
        remarks = []
    }

    private static func remarks(_ dataset: TokenizedDataset, _ file: String) -> [String] {
        var remarks: [String] = []
        if dataset.truncatedCount > 0 {
            remarks.append("\(file): \(dataset.truncatedCount) records cut to the sequence length")
        }
        if dataset.droppedCount > 0 {
            remarks.append("\(file): \(dataset.droppedCount) records without loss left out")
        }
        return remarks
    }
}
