internal import Datasets

/// How much of a gold answer is recalled, place by place.
package enum CharacterAccuracy {
    /// The share of the gold answer's code points that the answer has at the same place.
    ///
    /// White space at the end of either is left out. A place that the answer does not reach is wrong; what
    /// it has beyond the gold answer's end is ignored. An empty gold answer gives 1.
    /// - Reference: "character-level accuracy" in Jiang et al., *MoRA: High-Rank Updating for
    ///   Parameter-Efficient Fine-Tuning*, 2405.12130, section 3; the details are ours.
    package static func value(_ answer: String, gold: String) -> Double {
        let gold = PythonText.trimmedEnd(gold).unicodeScalars
        guard !gold.isEmpty else { return 1 }
        let equal = zip(PythonText.trimmedEnd(answer).unicodeScalars, gold).reduce(0) {
            $0 + ($1.0 == $1.1 ? 1 : 0)
        }
        return Double(equal) / Double(gold.count)
    }

    /// What one expects from guessing 32 hexadecimal digits that have the form of a UUID of version
    /// 4: 30 places that are right once in 16 times, one that always is, one with four values.
    package static let uuidFloor = (30.0 / 16 + 1 + 1.0 / 4) / 32
}
