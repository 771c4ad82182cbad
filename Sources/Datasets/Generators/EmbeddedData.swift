/// The data sets that come with lethe, all made by the generators of this target.
package enum EmbeddedData {
    /// The seed of the committed files.
    package static let seed: UInt64 = 20_240_607

    /// Every generated file: its path below `datasets/` and its contents.
    ///
    /// Equal seeds give equal bytes on every machine. Licence of the data: Apache-2.0.
    package static func files(seed: UInt64 = seed) -> [(path: String, contents: String)] {
        let world = World(seed: seed)
        return worldFiles(world, seed: seed) + codeFiles(seed: seed) + mathFiles(world, seed: seed)
            + [("uuid/pairs.jsonl", lines(UUIDDataset(seed: seed).records(count: 128)))]
    }

    private static func worldFiles(
        _ world: World, seed: UInt64
    ) -> [(path: String, contents: String)] {
        let tasks = WorldTasks(world: world, seed: seed)
        return [
            ("world/facts.jsonl", lines(tasks.facts())),
            ("world/completion.jsonl", lines(tasks.completions())),
            ("world/reference.jsonl", lines(tasks.references())),
            ("world/heldout.txt", heldOutText(seed: seed)),
        ]
    }

    private static func codeFiles(seed: UInt64) -> [(path: String, contents: String)] {
        let data = CodeDataset(seed: seed)
        return [
            ("code/train.jsonl", lines(data.records(isEvaluation: false, count: 3000))),
            ("code/eval.jsonl", lines(data.records(isEvaluation: true, count: 240))),
            ("code/train.text.jsonl", lines(data.modules(isEvaluation: false, count: 1500))),
            ("code/eval.text.jsonl", lines(data.modules(isEvaluation: true, count: 120))),
        ]
    }

    private static func mathFiles(
        _ world: World, seed: UInt64
    ) -> [(path: String, contents: String)] {
        let data = MathDataset(world: world, seed: seed)
        return [
            ("math/train.jsonl", lines(data.records(isEvaluation: false, count: 3000))),
            ("math/eval.jsonl", lines(data.records(isEvaluation: true, count: 240))),
            ("math/train.text.jsonl", lines(data.prose(isEvaluation: false, count: 1500))),
            ("math/eval.text.jsonl", lines(data.prose(isEvaluation: true, count: 120))),
        ]
    }

    private static func lines(_ rows: [JSONLine]) -> String { JSONLine.lines(rows) }

    /// About 80 kB of documents that the corpus never contains, separated by blank lines.
    private static func heldOutText(seed: UInt64) -> String {
        var text = ""
        var seen: Set<String> = []
        for document in WorldCorpus(seed: seed, stream: 1).heldOutDocuments {
            guard seen.insert(document).inserted else { continue }
            if !text.isEmpty { text += "\n\n" }
            text += document
            if text.utf8.count >= 80_000 { break }
        }
        return text + "\n"
    }
}
