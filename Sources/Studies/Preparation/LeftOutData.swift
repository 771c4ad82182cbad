internal import Datasets
internal import Evaluation

/// What of a study's data is not used as it stands, in words.
struct LeftOutData {
    private var told: [String] = []
    /// What each limit of the study leaves of the data.
    private var limited: [(key: String, parts: [String])] = []
    /// The limits that are samples.
    private var drawn: Set<String> = []

    /// All of it, a line for each limit at the end.
    var remarks: [String] {
        told
            + limited.map { key, parts in
                "\(key) uses \(parts.joined(separator: ", "))"
                    + (drawn.contains(key) ? ", drawn with seed \(Sample<Never>.seed)" : "")
            }
    }

    /// Something else worth telling, once.
    mutating func add(_ remark: String) {
        if !told.contains(remark) { told.append(remark) }
    }

    /// The first `limit` of some things, where there are more.
    ///
    /// - Parameters:
    ///   - limit: The most of them; nil for all.
    ///   - things: What is limited.
    ///   - name: What they are, and of what.
    ///   - key: Which key of the study limits them.
    /// - Returns: Those that stay, in their order.
    mutating func first<Thing>(
        _ limit: Int?, of things: [Thing], _ name: String, by key: String
    ) -> [Thing] {
        limited(to: limit, of: things.count, name, by: key)
        return Sample(first: limit, of: things).items
    }

    /// A sample of some things where there are more than `limit`; parameters as of `first`.
    mutating func sample<Thing>(
        _ limit: Int?, of things: [Thing], _ name: String, by key: String
    ) -> Sample<Thing> {
        drawn(limit, of: things.count, name, by: key)
        return Sample(drawing: limit, of: things)
    }

    /// Tells of a sample of `count` things that somebody else draws; parameters as of `first`.
    mutating func drawn(_ limit: Int?, of count: Int, _ name: String, by key: String) {
        limited(to: limit, of: count, name, by: key)
        drawn.insert(key)
    }

    private mutating func limited(
        to limit: Int?, of count: Int, _ name: String, by key: String
    ) {
        guard let limit, limit < count else { return }
        let part = "\(limit) of \(count) \(name)"
        if let index = limited.firstIndex(where: { $0.key == key }) {
            limited[index].parts.append(part)
        } else {
            limited.append((key, [part]))
        }
    }

    /// Records that the sequence length cuts, and those of which it leaves nothing to learn.
    mutating func tell(_ dataset: TokenizedDataset, of file: String) {
        if dataset.truncatedCount > 0 {
            add("\(file): \(records(dataset.truncatedCount)) cut to the sequence length")
        }
        if dataset.droppedCount > 0 {
            add("\(file): \(records(dataset.droppedCount)) without loss left out")
        }
    }

    /// The gold answers that the model's context cuts, or that have nothing to predict.
    mutating func tell(answers: [ScoredText], of file: String, context: Int) {
        let tell = { (count: Int, what: String) -> String? in
            count == 0 ? nil : "\(file): \(count) of \(answers.count) \(what)"
        }
        let parts = [
            tell(
                answers.count { $0.cut == .prompt },
                "prompts lose their start, so that the gold answer fits a context of \(context)"),
            tell(
                answers.count { $0.cut == .answer },
                "gold answers are longer than the context of \(context) and lose their end"),
            tell(answers.count { $0.tokenCount == 0 }, "gold answers have no token to predict"),
        ]
        parts.compactMap { $0 }.forEach { add($0) }
    }

    /// Documents of which nothing is predicted.
    mutating func tell(emptyDocuments count: Int, of total: Int, in file: String) {
        guard count > 0 else { return }
        add("\(file): \(count) of \(total) documents have no token to predict and are left out")
    }

    /// The tokens that fill no row.
    mutating func tell(_ text: PackedText, of file: String) {
        guard text.leftOverCount > 0 else { return }
        let tokens = text.leftOverCount == 1 ? "token fills" : "\(text.leftOverCount) tokens fill"
        add("\(file): the last \(tokens) no sequence and are left out")
    }

    private func records(_ count: Int) -> String { count == 1 ? "1 record" : "\(count) records" }
}
