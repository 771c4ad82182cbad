internal import Datasets

/// What of a study's data is not used as it stands, in words.
struct LeftOutData {
    private var told: [String] = []
    /// What each limit of the study leaves of the data.
    private var limited: [(key: String, parts: [String])] = []

    /// All of it, a line for each limit at the end.
    var remarks: [String] {
        told + limited.map { "\($0.key) uses \($0.parts.joined(separator: ", "))" }
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
        guard let limit, limit < things.count else { return things }
        let part = "\(limit) of \(things.count) \(name)"
        if let index = limited.firstIndex(where: { $0.key == key }) {
            limited[index].parts.append(part)
        } else {
            limited.append((key, [part]))
        }
        return Array(things.prefix(limit))
    }

    /// Records that the sequence length cuts, and those of which it leaves nothing to learn.
    mutating func tell(_ dataset: TokenizedDataset, of file: String, for purpose: String = "") {
        if dataset.truncatedCount > 0 {
            add("\(file): \(records(dataset.truncatedCount)) cut to the sequence length\(purpose)")
        }
        if dataset.droppedCount > 0 {
            add("\(file): \(records(dataset.droppedCount)) without loss left out\(purpose)")
        }
    }

    /// The tokens that fill no row.
    mutating func tell(_ text: PackedText, of file: String) {
        guard text.leftOverCount > 0 else { return }
        let tokens = text.leftOverCount == 1 ? "token fills" : "\(text.leftOverCount) tokens fill"
        add("\(file): the last \(tokens) no sequence and are left out")
    }

    private func records(_ count: Int) -> String { count == 1 ? "1 record" : "\(count) records" }
}
