import Foundation
import TestSupport
import Testing

@testable import Evaluation

@Suite struct TaskFileTests {
    private static let rows = #"""
        {"ask": "2 + 2", "right": "4", "wrong": ["3", "5"]}
        {"ask": "3 + 3", "right": "6", "wrong": ["5", "7"]}
        """#

    private func items(_ task: String, shots: Int? = nil) throws -> TaskItems {
        try withTemporaryFolder { folder in
            try Tasks.write(["own.yaml": task, "rows.jsonl": Self.rows], to: folder)
            let definition = try TaskFile.readOwn(folder.appending(path: "own.yaml"))
            return try TaskReader(definition, folders: [], shots: shots).read()
        }
    }

    private func problems(_ task: String) -> String {
        do {
            _ = try items(task)
            return "nothing"
        } catch {
            return "\(error)"
        }
    }

    @Test("a task of options is declared by its prompt, its options and the right one")
    func options() throws {
        let items = try items(
            """
            data: rows.jsonl
            prompt: "{ask} ="
            options: ["{right}", "{wrong[0]}", "{wrong[1]}"]
            gold: "0"
            examples: { file: rows.jsonl, count: 1, order: first }
            """)
        #expect(items.task.name == "own")
        #expect(
            items.choices.map(\.requests[0].context) == [
                "3 + 3 = 6\n\n2 + 2 =", "2 + 2 = 4\n\n3 + 3 =",
            ])
        #expect(items.choices[0].requests.map(\.continuation) == [" 4", " 3", " 5"])
    }

    @Test("a task of written answers says what of an answer counts")
    func written() throws {
        let items = try items(
            #"""
            name: sums
            data: rows.jsonl
            prompt: "{ask}?"
            answer: "{right}"
            stops: ["\n"]
            max_tokens: 8
            metrics:
              - contains
              - { metric: exact_match, pattern: '([0-9]+)', match: last, name: number }
            """#)
        #expect(items.written.map(\.prompt) == ["2 + 2?", "3 + 3?"])
        let metrics = items.task.answerMetrics
        #expect(metrics.map(\.name) == ["contains", "number"])
        #expect(metrics.map { $0.score("It is 4, not 5", gold: "4") } == [1, 0])
        #expect(metrics.map { $0.score("not 5 but 4.", gold: "4") } == [1, 1])
        #expect(metrics.map { $0.score("four", gold: "4") } == [0, 0])
    }

    @Test("everything that is wrong with a file is told at once, with its line")
    func wrong() {
        let text = problems(
            """
            data: rows.jsonl
            prompt: "{ask"
            answer: "{right}"
            stop: ["x"]
            metrics: [exactly, { metric: exact_match, pattern: '(' }]
            max_tokens: 0
            """)
        for part in [
            ":2: prompt: has a single `{`", ":4: stop: unknown key; did you mean `stops`?",
            ":5: metrics: has `exactly`; written answers have exact_match, contains",
            ":5: metrics[1].pattern: `(` is no regular expression",
            ":6: max_tokens: is 0; must be at least 1",
        ] {
            #expect(text.contains(part), "\(text)")
        }
    }

    @Test("a placeholder that no row has is a problem of the task's file")
    func placeholder() {
        let text = problems(
            "data: rows.jsonl\nprompt: \"{question}\"\nanswer: \"{right}\"\n")
        #expect(text.contains("own.yaml:2: prompt: no row of"), "\(text)")
        #expect(text.contains("has {question}; they have ask, right, wrong"), "\(text)")
    }

    @Test("a label outside the options is told with the row")
    func label() {
        let text = problems(
            """
            data: rows.jsonl
            prompt: "{ask}"
            options: "{wrong}"
            labels: ["a", "b"]
            gold: "{right}"
            """)
        #expect(text.contains("rows.jsonl:1: the answer '4' is none of the labels a, b"), "\(text)")
        #expect(text.contains(":2: the answer '6'"), "\(text)")
    }

    @Test("examples that there are not are refused")
    func examples() {
        let task = "data: rows.jsonl\nprompt: \"{ask}\"\nanswer: \"{right}\"\n"
        #expect(throws: TaskError.noExamples(task: "own")) { try items(task, shots: 1) }
        let own = task + "examples: { file: rows.jsonl }\n"
        #expect(throws: TaskError.fewExamples(task: "own", asked: 2, known: 1)) {
            try items(own, shots: 2)
        }
    }

    @Test("every known task is whole, and an unknown one is an error that lists them")
    func known() throws {
        let names = [
            "arc_challenge", "arc_easy", "boolq", "code", "commonsense_qa", "completion", "facts",
            "gsm8k", "gsm8k_cot", "hellaswag", "humaneval", "lambada_openai", "lambada_standard",
            "math", "mbpp", "mmlu", "openbookqa", "piqa", "reference", "truthfulqa_mc1", "uuid",
            "winogrande",
        ]
        for name in names { #expect(try Tasks.named(name).name == name) }
        let error = #expect(throws: TaskError.self) { try Tasks.named("hellaswga") }
        #expect(error?.description.contains("facts, gsm8k") == true)
    }

    @Test("published tasks are read in a data folder", .enabled(if: sharedFolder != nil))
    func published() throws {
        for (name, count) in [
            ("hellaswag", 300), ("arc_easy", 570), ("winogrande", 400), ("piqa", 200),
            ("gsm8k", 100), ("mbpp", 30), ("humaneval", 30),
        ] {
            #expect(try Tasks.sharedItems(name).count == count, "\(name)")
        }
    }
}
