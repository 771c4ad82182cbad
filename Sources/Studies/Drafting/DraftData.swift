internal import Bases
internal import Datasets
internal import Foundation

/// What a drafted study trains on and measures.
struct DraftData {
    /// As the study names it.
    let train: String
    let evaluation: String
    /// The rows that are trained on and those that are measured.
    let training: DraftRecords
    let measured: DraftRecords
    /// The files of a held-out split; empty where what is measured was given.
    let files: [StudyDraft.File]
    /// What is to be told of them, in words.
    let remark: String

    /// Rows of one file that are in the other by their keys.
    private static func shared(_ training: DraftRecords, _ measured: DraftRecords) -> Int {
        let keys = Set(training.rows.map(\.key))
        return measured.rows.count { keys.contains($0.key) }
    }

    /// Data whose measured part was given.
    init(train: String, _ training: DraftRecords, evaluation: String, _ measured: DraftRecords) {
        self.train = train
        self.evaluation = evaluation
        self.training = training
        self.measured = measured
        files = []
        let shared = Self.shared(training, measured)
        remark =
            "\(training.rows.count) rows to train on, \(measured.rows.count) to measure; "
            + (shared == 0
                ? "none is in both" : "\(shared) of these are trained on too, which flatters")
    }

    /// Parts rows, and names the files of the parts after the study.
    ///
    /// - Throws: `StudyDraftError.unusable` if there is nothing to part.
    init(parting rows: DraftRecords, of train: String, beside study: URL) throws {
        guard let split = HeldOutSplit(rows.rows.map(\.key)) else {
            throw StudyDraftError.unusable([
                "\(train): all its rows are one, so that none can be held out; give more of them, or "
                    + "others with --evaluation"
            ])
        }
        training = rows.picking(split.training)
        measured = rows.picking(split.heldOut)
        let (train, evaluation) = (
            Self.file("train", beside: study), Self.file("heldout", beside: study)
        )
        (self.train, self.evaluation) = (train.path, evaluation.path)
        files = [
            StudyDraft.File(url: train, contents: training.contents),
            StudyDraft.File(url: evaluation, contents: measured.contents),
        ]
        let repeated = rows.rows.count - Set(rows.rows.map(\.key)).count
        remark =
            "of \(rows.rows.count) rows \(measured.rows.count) are held out, drawn with seed "
            + "\(HeldOutSplit.seed); none is in both"
            + (repeated == 0 ? "" : " (\(repeated) repeat another and stay on its side)")
    }

    /// The files that a split would have.
    static func files(beside study: URL) -> [URL] {
        ["train", "heldout"].map { file($0, beside: study) }
    }

    private static func file(_ part: String, beside study: URL) -> URL {
        study.deletingPathExtension().appendingPathExtension("\(part).jsonl")
    }

    /// Whether there is a record of some kind.
    func has(_ kind: (Record) -> Bool) -> Bool {
        (training.rows + measured.rows).contains { kind($0.record) }
    }

    /// Whether every gold answer ends in a number as those of GSM8K do.
    var endsInNumbers: Bool {
        training.regime == .instruct
            && (training.rows + measured.rows).allSatisfy { $0.record.output.contains("#### ") }
    }
}
