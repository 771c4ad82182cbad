internal import Datasets
internal import Evaluation
internal import RunEvents

extension ItemSet {
    /// Texts, each of which counts for its predicted tokens or bytes.
    init(_ key: MeasureKey, _ texts: Sample<ScoredText>, counting count: KeyPath<ScoredText, Int>) {
        self.init(
            key: key, hashes: texts.items.map(\.hash),
            counts: texts.items.map { $0[keyPath: count] }, total: texts.total)
    }
}
