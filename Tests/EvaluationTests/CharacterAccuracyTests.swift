import Datasets
import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct CharacterAccuracyTests {
    @Test(
        "each place of the gold answer counts once",
        arguments: [
            ("abcd", "abcd", 1), ("abxd", "abcd", 0.75), ("bcda", "abcd", 0), ("ab", "abcd", 0.5),
            ("", "abcd", 0), ("abcdef", "abcd", 1), ("abcd \n", "abcd", 1), ("abcd", "abcd\n", 1),
            ("xbcd", " bcd", 0.75), ("", "", 1), ("x", "", 1),
            // Code points, not letters: the accent has a place of its own.
            ("cafe", "cafe\u{301}", 0.8),
        ])
    func value(answer: String, gold: String, expected: Double) {
        #expect(CharacterAccuracy.value(answer, gold: gold) == expected)
    }

    @Test("identifiers that do not know of one another agree as often as the floor says")
    func floor() throws {
        let contents = try #require(
            EmbeddedData.files(seed: 9).first { $0.path == "uuid/pairs.jsonl" }
        ).contents
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "pairs.jsonl")
            try Data(contents.utf8).write(to: file)
            let records = try Record.read(file)
            let all = records.flatMap { [$0.instruction, $0.output] }
            let scores = all.indices.flatMap { index in
                all[(index + 1)...].map { CharacterAccuracy.value(all[index], gold: $0) }
            }
            expectClose([CharacterAccuracy.uuidFloor], [0.09765625])
            // Every pair of 256: the mean is sure to about 3e-4.
            expectClose(
                [MeanScore(scores).value], [CharacterAccuracy.uuidFloor], relative: 0,
                absolute: 1.5e-3)
        }
    }
}
