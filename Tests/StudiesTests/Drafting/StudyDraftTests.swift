import Bases
import Datasets
import Foundation
import Models
import Studies
import StudySamples
import TestSupport
import Testing
import Training

@Suite struct StudyDraftTests {
    /// A draft for the small base, which has a context of 96, written in a folder of its own.
    private func draft(
        _ rows: String, named file: String = "mine.jsonl", text: String? = "prose.txt",
        evaluation: String? = nil, room: Int? = nil, base: String = "base/small",
        _ look: (StudyDraft, Study, String) throws -> Void
    ) throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let work = folder.appending(path: "work")
            try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
            let locator = DataLocator(workingDirectory: work, datasets: small.datasets)
            for (name, contents) in [
                (file, rows), ("prose.txt", "A cat sat.\n\nA dog saw it."),
                ("held.jsonl", evaluation ?? ""),
            ] { try Data(contents.utf8).write(to: work.appending(path: name)) }
            let draft = try StudyDraft(
                StudyDraftRequest(
                    base: base, train: file, evaluation: evaluation.map { _ in "held.jsonl" },
                    sourceText: text), locator: locator, room: room)
            try draft.write()
            let study = try StudyFile.load(draft.url.path, locator: locator)
            _ = try PreparedStudy.prepare(study, locator: locator)
            try look(draft, study, try String(contentsOf: draft.url, encoding: .utf8))
        }
    }

    private static func records(_ count: Int, answer: (Int) -> String) -> String {
        (0..<count).map {
            #"{"question": "What is \#($0) and \#($0)?", "answer": "\#(answer($0))"}"# + "\n"
        }.joined()
    }

    private static let sums = records(40) { "It is \(2 * $0)." }

    @Test(
        "records make a study of full fine-tuning and LoRA, at three rates each, LoRA's ten times")
    func records() throws {
        try draft(Self.sums) { draft, study, _ in
            #expect(study.name == "mine" && study.target.domain == "mine")
            #expect(study.base == "base/small")
            #expect(study.target.regime == .instruct && study.target.tasks.isEmpty)
            #expect(study.target.template == .plain)
            #expect(study.arms.map(\.method.name) == [.full, .lora])
            #expect(study.arms[0].learningRates == [1.25e-4, 5e-4, 2e-3])
            #expect(study.arms[1].learningRates == [1.25e-3, 5e-3, 2e-2])
            #expect(study.arms[1].method.rank == 16)
            #expect(study.source.text?.hasSuffix("work/prose.txt") == true)
            #expect(draft.files.count == 3)
        }
    }

    @Test("the parts of a split are the file's own lines, and none is in both")
    func split() throws {
        let twice = Self.sums + Self.sums
        try draft(twice) { draft, study, _ in
            let parts = draft.files.prefix(2).map { String(decoding: $0.contents, as: UTF8.self) }
                .map { $0.split(separator: "\n") }
            #expect(parts[1].count == 8 && parts[0].count == 72)
            #expect(Set(parts[0]).isDisjoint(with: parts[1]))
            #expect((parts[0] + parts[1]).sorted() == twice.split(separator: "\n").sorted())
            #expect(study.target.train.map(\.path) == [draft.files[0].url.path])
        }
    }

    @Test("an array of JSON, and text, are split in rows")
    func otherForms() throws {
        let array = "[" + Self.sums.split(separator: "\n").joined(separator: ",\n") + "]"
        try draft(array, named: "data.json") { draft, _, _ in
            #expect(draft.files[1].contents.split(separator: 0x0A).count == 4)
        }
        let text = (0..<20).map { "The cat \($0) saw the dog in the garden." }
        try draft(text.joined(separator: "\n\n"), named: "tale.txt") { draft, study, yaml in
            #expect(study.target.regime == .continue && study.name == "tale")
            #expect(draft.files[1].contents.split(separator: 0x0A).count == 2)
            #expect(!yaml.contains("loss_mask") && !yaml.contains("template"))
        }
    }

    @Test("answers that end in numbers are compared by them")
    func numbers() throws {
        try draft(Self.records(12) { "so\\n#### \($0)" }) { _, study, _ in
            #expect(study.target.tasks == ["gsm8k"])
        }
    }

    /// The study of a draft for the embedded base, which has a context of 256.
    private func onTiny(_ rows: String) throws -> String {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "rows.jsonl")
            try Data(rows.utf8).write(to: file)
            let draft = try StudyDraft(
                StudyDraftRequest(
                    base: "tiny", train: file.path, output: folder.appending(path: "a.yaml").path),
                locator: .standard())
            return String(decoding: try #require(draft.files.last).contents, as: UTF8.self)
        }
    }

    private static let inputs = (0..<9).map {
        #"{"instruction": "Say it.", "input": "cat \#($0)", "output": "cat"}"# + "\n"
    }.joined()

    @Test("records with inputs are laid out as Alpaca's, if the base's context is long enough")
    func inputs() throws {
        try draft(Self.inputs) { _, study, _ in #expect(study.target.template == .plain) }
        let yaml = try onTiny(Self.inputs)
        #expect(yaml.contains("template: alpaca\n"))
        #expect(yaml.contains("tasks: [facts, completion, reference]"))
    }

    @Test("conversations without a chat template of the base are laid out as ChatML")
    func conversations() throws {
        let rows = (0..<9).map { index in
            #"{"messages": [{"role": "user", "content": "cat \#(index)"}, "#
                + #"{"role": "assistant", "content": "dog"}, {"role": "user", "content": "bird"}, "#
                + #"{"role": "assistant", "content": "red"}]}"# + "\n"
        }
        #expect(try onTiny(rows.joined()).contains("template: chatml\n"))
    }

    @Test("records of which no answer begins within the context are refused")
    func longPrompts() throws {
        let long = String(repeating: "What is it? ", count: 60)
        let rows = (0..<9).map { #"{"question": "\#($0) \#(long)", "answer": "cat"}"# + "\n" }
        let error = #expect(throws: StudyDraftError.self) {
            try draft(rows.joined()) { _, _, _ in }
        }
        #expect(error?.description.contains("no answer begins within the context of 96") == true)
    }

    @Test("text that fills no sequence is refused")
    func shortText() throws {
        let error = #expect(throws: StudyDraftError.self) {
            try draft("a\n\nb", named: "tale.txt") { _, _, _ in }
        }
        #expect(error?.description.contains("fewer than 16 tokens") == true)
    }

    @Test("what is given to measure is used, and what is in both is told")
    func evaluation() throws {
        let held = Self.records(3) { "It is \($0)." }
        try draft(Self.sums, evaluation: held) { draft, study, yaml in
            #expect(study.target.evaluation?.path.hasSuffix("held.jsonl") == true)
            #expect(draft.files.count == 1)
            #expect(yaml.contains("3 of these are trained on too"))
        }
    }

    @Test("without text that may be forgotten the study says what to add")
    func noSource() throws {
        try draft(Self.sums, text: nil) { draft, study, yaml in
            #expect(study.source.tasks.isEmpty && study.source.text == nil)
            #expect(yaml.contains("source: { text: prose.txt }"))
            #expect(draft.remarks.contains { $0.contains("--source-text") })
        }
    }

    @Test("full fine-tuning is left out where it has no room, and nothing where LoRA has none")
    func room() throws {
        var needs: [Int] = []
        try draft(Self.sums) { draft, study, _ in
            needs = study.arms.map { arm in
                draft.configuration.memoryBytes
                    + ArmMemory(
                        of: arm.fineTuning, on: draft.configuration, batchSize: 1,
                        sequenceLength: study.training.sequenceLength
                    ).bytes
            }
        }
        #expect(needs[1] < needs[0])
        try draft(Self.sums, room: needs[0] - 1) { draft, study, yaml in
            #expect(study.arms.map(\.name) == ["lora-r16"])
            #expect(study.training.batchSize == 1)
            #expect(yaml.contains("# - { name: full, method: full"))
            #expect(draft.remarks.contains { $0.contains("is left out") })
        }
        #expect(throws: StudyDraftError.self) {
            try draft(Self.sums, room: 1000) { _, _, _ in }
        }
    }

    @Test("what is there is not replaced, and everything wrong is told at once")
    func refusals() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let request = { (train: String, output: String?) in
                StudyDraftRequest(
                    base: "base/none", train: train, sourceText: "none.txt", output: output)
            }
            let error = #expect(throws: StudyDraftError.self) {
                try StudyDraft(request("none.jsonl", nil), locator: small.locator)
            }
            #expect(error?.description.split(separator: "\n").count == 3)
            let taken = folder.appending(path: "a.train.jsonl")
            try Data("x".utf8).write(to: taken)
            let sound = StudyDraftRequest(
                base: "base/small", train: "code/train.jsonl", output: "a.yaml")
            #expect(throws: StudyDraftError.present([taken.path])) {
                try StudyDraft(sound, locator: small.locator)
            }
            #expect(try String(contentsOf: taken, encoding: .utf8) == "x")
        }
    }

    @Test("a file that appears meanwhile stays, and nothing else of the draft does")
    func race() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let draft = try StudyDraft(
                StudyDraftRequest(
                    base: "base/small", train: "code/train.jsonl", output: "a.yaml"),
                locator: small.locator)
            try Data("x".utf8).write(to: draft.url)
            #expect(throws: (any Error).self) { try draft.write() }
            #expect(try String(contentsOf: draft.url, encoding: .utf8) == "x")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.sorted() == ["a.yaml", "datasets"])
        }
    }
}
