/// The data sets that come with lethe, all made by the generators of this target.
package enum EmbeddedData {
    /// The seed of the committed files.
    package static let seed: UInt64 = 20_240_607

    /// Every generated file: its path below `datasets/` and its contents.
    ///
    /// Equal seeds give equal bytes on every machine. Licence of the data: Apache-2.0.
    package static func files(seed: UInt64 = seed) -> [(path: String, contents: String)] {
        worldFiles(seed: seed)
    }

    private static func worldFiles(seed: UInt64) -> [(path: String, contents: String)] {
        let tasks = WorldTasks(world: World(seed: seed), seed: seed)
        return [
            ("world/facts.jsonl", JSONLine.lines(tasks.facts())),
            ("world/completion.jsonl", JSONLine.lines(tasks.completions())),
            ("world/reference.jsonl", JSONLine.lines(tasks.references())),
            ("world/heldout.txt", heldOutText(seed: seed)),
        ]
    }

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
