import Datasets
import Foundation

/// PIQA: which of two ways to reach an everyday goal works.
///
/// - Data: https://yonatanbisk.com/piqa, `valid.jsonl` with `valid-labels.lst` beside it (1,838
///   items); chance 50 %.
/// - Example: goal `How do I ready a guinea pig cage for it's new occupants?` scores ` Provide the
///   guinea pig with a cage full of ...` after `Question: How do I ...?\nAnswer:`.
/// - Scoring: as lm-evaluation-harness; `acc_norm` is usual (SmolLM2-135M-Instruct 66.9 %, 0-shot).
/// - Reference: Bisk et al., *PIQA: Reasoning about Physical Commonsense in Natural Language*,
///   1911.11641.
struct PIQARow: Decodable {
    let goal: String
    let sol1: String
    let sol2: String
    /// The index of the right solution, where the row itself gives it.
    let label: Int?

    func item(label: Int) -> MultipleChoiceItem {
        MultipleChoiceItem(
            context: "Question: \(goal)\nAnswer:", options: [sol1, sol2], gold: label)
    }
}

/// The right answers of PIQA, one a line, in a file of their own.
enum PIQALabels {
    /// Gives each row its label: its own, or that of the labels file beside `file`.
    static func join(_ rows: [PIQARow], _ file: URL) throws(TaskError) -> [MultipleChoiceItem] {
        let own = rows.compactMap(\.label)
        let source = own.count == rows.count ? file : labelsFile(for: file)
        let labels = own.count == rows.count ? own : try read(source)
        guard labels.count == rows.count else {
            throw .labelCount(path: source.path, labels: labels.count, items: rows.count)
        }
        if let bad = labels.firstIndex(where: { $0 != 0 && $0 != 1 }) {
            throw .badLabel(path: source.path, line: bad + 1, text: "\(labels[bad])")
        }
        return zip(rows, labels).map { $0.item(label: $1) }
    }

    /// `valid-labels.lst` beside `valid.jsonl`, or else `labels.lst`.
    private static func labelsFile(for file: URL) -> URL {
        let folder = file.deletingLastPathComponent()
        let named = folder.appending(
            path: file.deletingPathExtension().lastPathComponent + "-labels.lst")
        return FileManager.default.fileExists(atPath: named.path)
            ? named : folder.appending(path: "labels.lst")
    }

    private static func read(_ file: URL) throws(TaskError) -> [Int] {
        let text: String
        do {
            text = String(decoding: try FileContents.read(file), as: UTF8.self)
        } catch {
            throw .rows(error)
        }
        var labels: [Int] = []
        for (index, line) in text.split(whereSeparator: \.isNewline).enumerated() {
            guard let label = Int(HarnessText.stripped(String(line))) else {
                throw .badLabel(path: file.path, line: index + 1, text: String(line))
            }
            labels.append(label)
        }
        return labels
    }
}
