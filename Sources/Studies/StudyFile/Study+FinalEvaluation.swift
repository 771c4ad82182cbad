extension Study.FinalLimit: CustomStringConvertible {
    /// As the key `final_limit` has it.
    package var description: String {
        switch self {
        case .all: "all"
        case .items(let count): String(count)
        }
    }

    /// The most items of a file; nil for all.
    package var items: Int? { if case .items(let count) = self { count } else { nil } }
}

extension Study {
    /// The same study with what is measured at ends as what is measured everywhere; nil where no more
    /// is measured there.
    ///
    /// The questions whose answers are written are those of the records then, however many.
    var atEnds: Study? {
        evaluation.finalLimit.map { limit in
            var study = self
            (study.evaluation.limit, study.evaluation.generateLimit) = (limit.items, nil)
            study.evaluation.finalLimit = nil
            return study
        }
    }
}
