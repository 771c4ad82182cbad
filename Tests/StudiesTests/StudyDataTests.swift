import Datasets
import Foundation
import Studies
import StudySamples
import TestSupport
import Testing

/// Files that a study names, whole or some of their rows.
@Suite struct StudyDataTests {
    private static let rows = (1...6).map { row in
        #"{"task_id": \#(row), "text": "Say \#(row)", "code": "\#(row)", "test_list": []}"# + "\n"
    }.joined()

    private func withStudy(_ body: (SmallStudy) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            try small.write(Self.rows, to: "code/rows.jsonl")
            try body(small)
        }
    }

    @Test("several files are trained on, one after the other, of rows those that are named")
    func several() throws {
        try withStudy { small in
            let own = try small.prepared().training[.response]
            let range = "{ file: code/rows.jsonl, rows: { field: task_id, from: 3, to: 4 } }"
            let both = ["target.train=[code/train.jsonl, \(range)]"]
            let prepared = try small.prepared(both)
            let examples = prepared.training[.response]
            #expect(Array(examples.prefix(own.count)) == own && examples.count == own.count + 2)
            let some = try small.prepared(both + ["target.train_limit=10"])
            #expect(some.training[.response] == Array(examples.prefix(10)))
            #expect(
                some.remarks.contains {
                    $0.contains("uses 10 of 11 records of") && $0.contains("train.jsonl and")
                        && $0.contains("rows.jsonl (`task_id` from 3 to 4)")
                })
            let one = try small.prepared(["target.train=\(range)"])
            #expect(one.training[.response] == Array(examples.suffix(2)))
        }
    }

    @Test("measured are the rows that are named, and of a task's own file those of the task")
    func evaluation() throws {
        try withStudy { small in
            let range = "{ file: code/rows.jsonl, rows: { field: task_id, from: 5 } }"
            let named = try small.prepared(["target.evaluation=\(range)", "evaluate.limit=9"])
            #expect(named.evaluation.target.items.count == 2)
            try small.write(
                "data: code/rows.jsonl\nrows: { field: task_id, to: 3 }\nlayout: record\n"
                    + "metrics: exact_match\n", to: "mine.yaml")
            let task = small.datasets.appending(path: "mine.yaml").path
            let own = try small.prepared(
                ["target.tasks=[\(task)]", "target.evaluation=null", "evaluate.limit=9"])
            #expect(own.evaluation.target.items.count == 3)
        }
    }

    @Test("texts to train on may be rows of several files; plain text has none to choose")
    func texts() throws {
        try withStudy { small in
            try small.write(
                #"{"id": 1, "text": "one"}"# + "\n" + #"{"id": 2, "text": "two"}"# + "\n",
                to: "texts.jsonl")
            let settings = { (train: String) in
                ["target.regime=continue", "target.evaluation=world/heldout.txt", train]
            }
            let whole = try small.prepared(settings("target.train=world/heldout.txt"))
            let more = "target.train=[world/heldout.txt, texts.jsonl, world/heldout.txt]"
            #expect(throws: StudyError.self) { try small.prepared(settings(more)) }
            let joined = try small.prepared(
                settings("target.train=[texts.jsonl, world/heldout.txt]"))
            #expect(joined.training[.response] != whole.training[.response])
            let error = try #require(throws: StudyError.self) {
                try small.prepared(
                    settings(
                        "target.train={ file: world/heldout.txt, rows: { field: id, to: 1 } }"))
            }
            #expect(error.description.contains("is plain text, without rows"))
        }
    }

    @Test(
        "what is wrong with the files is told with its key",
        arguments: [
            ("train: []", "target.train: is empty; name a file"),
            ("train: [code/train.jsonl, \"\"]", "target.train: is empty; name a file"),
            (
                "train: [code/train.jsonl, code/train.jsonl]",
                "target.train: names code/train.jsonl twice"
            ),
            ("train: [[a]]", "target.train[0]: is a list, not keys with values"),
            (
                "train: { file: code/train.jsonl, row: 1 }",
                "target.train.row: unknown key; did you mean `rows`?"
            ),
            (
                "train: [{ rows: { field: id } }]", "target.train[0].file: missing; name the file"
            ),
            (
                "train: { file: code/train.jsonl, rows: { field: id, from: 3, to: 2 } }",
                "target.train.rows.to: is 2, before 3"
            ),
            (
                "train: code/train.jsonl, evaluation: [code/train.jsonl, world/heldout.txt]",
                "target.evaluation: names several files; name one"
            ),
        ])
    func problems(keys: String, expected: String) throws {
        let text = StudyFileSamples.text(line: 3, "target: { domain: code, \(keys) }")
        let error = try #require(throws: StudyError.self) { try StudyFileSamples.parse(text) }
        #expect(error.description.contains(expected), "\(error)")
    }

    @Test("the stored study keeps files and rows; where files lie makes no difference, rows do")
    func stored() throws {
        let text = { (from: Int, file: String) in
            StudyFileSamples.text(
                line: 3,
                "target: { domain: code, train: [world/heldout.txt, { file: \(file), "
                    + "rows: { field: task_id, from: \(from), to: 974 } }] }")
        }
        let study = try StudyFileSamples.parse(text(601, "code/train.jsonl"))
        #expect(
            study.target.train == [
                StudyData("world/heldout.txt"),
                StudyData("code/train.jsonl", rows: RowRange(field: "task_id", range: 601...974)),
            ])
        #expect(try StudyFileSamples.parse(study.yaml()) == study)
        #expect(
            try StudyFile.changes(
                from: text(1, "code/train.jsonl"), to: text(1, "studies/code.yaml")) == [])
        #expect(
            try StudyFile.changes(
                from: text(1, "code/train.jsonl"), to: text(2, "code/train.jsonl"))
                == ["target.train.1.rows.from was 1, is 2"])
    }
}
