import Foundation
import Studies
import Testing

@Suite struct StudyFileProblemTests {
    @Test(
        "each problem is told with its line and its key",
        arguments: [
            (1, "nam: code", "1: nam: unknown key; did you mean `name`?"),
            (1, "", "2: name: missing; write for example `name: code`"),
            (1, "name: a/b", "1: name: is `a/b`; use letters, digits, `.`, `_` and `-`"),
            (1, "name: ..", "1: name: is `..`; use letters, digits, `.`, `_` and `-`"),
            (1, "name: \"a\\tb\"", "1: name: is `a\tb`; use letters, digits, `.`, `_` and `-`"),
            (
                1, "name: \(String(repeating: "x", count: 201))",
                "1: name: has 201 characters; use at most 200, for it becomes a folder's name"
            ),
            (1, "name: [a]", "1: name: is a list, not a text; write a single word or path"),
            (1, "name: \"\"", "1: name: is empty; write something or leave the key out"),
            (3, "target: { domain: code }", "3: target.train: missing; name the file to train on"),
            (3, "target: 3", "3: target: is `3`, not keys with values"),
            (
                3, "target: { domain: code, train: code/train.jsonl, train_limit: 0 }",
                "3: target.train_limit: is 0; must be at least 1"
            ),
            (
                3,
                "target: { domain: code, train: code/train.jsonl, regime: continue, "
                    + "show_tests: 1 }",
                "3: target.show_tests: needs prompts; use `regime: instruct`, or drop it"
            ),
            (4, "source: # comment", ""),
            (5, "  tasks: facts", ""),
            (5, "  tasks: [facts, facts]", "5: source.tasks: names `facts` twice"),
            (8, "  steps: 0", "8: train.steps: is 0; must be at least 1"),
            (
                8, "  steps: 99999999999999999999",
                "8: train.steps: is `99999999999999999999`; must be at most 1000000000"
            ),
            (8, "  steps: many", "8: train.steps: is `many`, not a whole number"),
            (8, "  steps: 1.5", "8: train.steps: is `1.5`, not a whole number"),
            (9, "  warmup_steps: -1", "9: train.warmup_steps: is -1; must be at least 0"),
            (9, "  warmup_steps: 301", "9: train.warmup_steps: is 301, more than the 300 steps"),
            (
                12, "  - { name: full, method: full, learning_rate: 1, steps: 9 }",
                "12: arms[0].steps: is 9, fewer than the 10 steps of `train.warmup_steps`; "
                    + "use at least 10, or a shorter warm-up"
            ),
            (12, "  - { name: full, method: full, learning_rate: 1, steps: 20 }", ""),
            (9, "  gradient_clip: -2", "9: train.gradient_clip: is -2; must be 0 or more"),
            (9, "  epsilon: 0", "9: train.epsilon: is 0; must be above 0"),
            (9, "  betas: [0.9, 1]", "9: train.betas: is 1; must be at least 0 and below 1"),
            (9, "  betas: 0.9", "9: train.betas: is `0.9`; write two numbers, [0.9, 0.999]"),
            (
                9, "  schedule: cosin",
                "9: train.schedule: is `cosin`; use constant or cosine or linear; "
                    + "did you mean `cosine`?"
            ),
            (
                10, "evaluate: { every: 301 }",
                "10: evaluate.every: is 301, more than the 300 steps; make it smaller"
            ),
            (10, "evaluate: { limit: 0 }", "10: evaluate.limit: is 0; must be at least 1"),
            (10, "seeds: []", "10: seeds: is empty; write [0]"),
            (10, "seeds: [1, 1]", "10: seeds: names 1 twice"),
            (10, "schemaVersion: 2", "10: schemaVersion: is 2, but this lethe reads 1"),
            (
                10, "loss_mask: 1.5",
                "10: loss_mask: is `1.5`; use response, all, boilerplate or a prompt weight from "
                    + "0 to 1"
            ),
            (
                12, "  - { name: full, method: full }",
                "12: arms[0].learning_rate: missing; write a number above 0"
            ),
            (
                12, "  - { name: full, method: full, learning_rate: 1, optimizer: adam }",
                "12: arms[0].optimizer: is `adam`; use adamw or adamw-decoupled or lionw or "
                    + "schedule-free-adamw; did you mean `adamw`?"
            ),
            (
                12,
                "  - { name: full, method: full, learning_rate: 1, "
                    + "optimizer: schedule-free-adamw, betas: [0, 0.9] }",
                "12: arms[0].betas: start with 0; schedule-free-adamw needs a first one above 0"
            ),
            (
                12, "  - { name: full, method: full, learning_rate: .nan }",
                "12: arms[0].learning_rate: is `.nan`, not a number"
            ),
            (
                12, "  - { name: lora-r8, method: full, learning_rate: 1 }",
                "13: arms[1].name: `lora-r8` names another arm too; choose another name"
            ),
            (
                12, "  - { name: LoRA-R8, method: full, learning_rate: 1 }",
                "13: arms[1].name: `lora-r8` is another arm's name but for capitals, which some "
                    + "file systems do not tell apart; choose another name"
            ),
            (
                12,
                "  - { name: \(String(repeating: "y", count: 300)), method: full, "
                    + "learning_rate: 1 }",
                "12: arms[0].name: has 300 characters; use at most 200, for it becomes a folder's "
                    + "name"
            ),
            (
                12, "  - { name: full, method: full, learning_rate: 1, rank: 8 }",
                "12: arms[0].rank: unknown key; known here: added_learning_rates, betas, epsilon, last, "
                    + "learning_rate, loss_mask, method, name, neftune_alpha, optimizer, parts, "
                    + "seed, steps, weight_decay"
            ),
            (
                12, "  - { name: full, method: full, learning_rate: 1, parts: [mlp, norm] }",
                "12: arms[0].parts: `norm` is no part; use all or a list of attention, mlp, "
                    + "norms, biases, embeddings, head"
            ),
            (
                12, "  - { name: full, method: full, learning_rate: 1, parts: [all, mlp] }",
                "12: arms[0].parts: names all beside others; write all alone, or leave it out"
            ),
            (
                12, "  - { name: full, method: full, learning_rate: 1, parts: [] }",
                "12: arms[0].parts: is empty; write all, or name parts"
            ),
            (
                12, "  - { name: full, method: full, learning_rate: 1, loss_mask: none }",
                "12: arms[0].loss_mask: is `none`; use response, all, boilerplate or a prompt "
                    + "weight from 0 to 1"
            ),
            (12, "  - full", "12: arms[0]: is `full`, not keys with values"),
            (
                14, "    method: relora\n    restart_every: 300",
                "15: arms[1].restart_every: is 300, so that none of the 300 steps follows a "
                    + "restart; use at most 299"
            ),
            (
                14, "    method: relora\n    restart_every: 20\n    restart_warmup: 21",
                "16: arms[1].restart_warmup: is 21, more than the 20 steps between restarts; "
                    + "use at most 20"
            ),
            (
                15, "    rank: 8\n    train_head: yess",
                "16: arms[1].train_head: is `yess`; use true or false"
            ),
            (
                15, "    rank: 8\n    neftune_alpha: -5",
                "16: arms[1].neftune_alpha: is -5; must be 0 or more"
            ),
            (
                15, "    rank: 8\n    embedding_learning_rate: 1e-4",
                "16: arms[1].embedding_learning_rate: has nothing to train; write "
                    + "`train_embeddings: true`, or drop it"
            ),
            (15, "    rank: 0", "15: arms[1].rank: is 0; must be at least 1"),
            (15, "", "13: arms[1].rank: missing; write a whole number"),
            (
                15, "    rank: 8\n    dropout: 1",
                "16: arms[1].dropout: is 1; must be at least 0 and below 1"
            ),
            (
                15, "    rank: 8\n    scaling: rs",
                "16: arms[1].scaling: is `rs`; use lora or rslora"
            ),
            (
                15, "    rank: 8\n    init: gausian",
                "16: arms[1].init: is `gausian`; use kaiming or gaussian; "
                    + "did you mean `gaussian`?"
            ),
            (
                14, "    method: pissa\n    init: gaussian",
                "15: arms[1].init: unknown key; known here: added_learning_rates, alpha, betas, dropout, "
                    + "embedding_learning_rate, epsilon, learning_rate, loss_mask, match, method, "
                    + "name, neftune_alpha, optimizer, rank, scaling, seed, steps, targets, "
                    + "train_embeddings, train_head, weight_decay"
            ),
            (
                15, "    rank: 8\n    targets: [q, w]",
                "16: arms[1].targets: `w` is no layer; use all, attention, mlp or a list of "
                    + "q, k, v, qkv, o, gate, up, gate_up, down"
            ),
        ])
    func eachProblem(line: Int, replacement: String, expected: String) throws {
        let problems = try StudyFileSamples.problems(
            StudyFileSamples.text(line: line, replacement))
        if expected.isEmpty {
            #expect(problems.isEmpty)
        } else {
            #expect(problems.contains("code.yaml:" + expected))
        }
    }

    @Test("an unknown method is told with all that there are")
    func unknownMethod() throws {
        let names = MethodSettings.Name.allCases.map(\.rawValue).joined(separator: " or ")
        let problems = try StudyFileSamples.problems(
            StudyFileSamples.text(line: 14, "    method: lore"))
        #expect(
            problems == [
                "code.yaml:14: arms[1].method: is `lore`; use \(names); did you mean `lora`?"
            ])
    }

    @Test("all problems are told at once, in the order of the file, and no others")
    func allAtOnce() throws {
        let text = """
            name: code
            bse: tiny
            target: { domain: code, train: no/such.jsonl }
            source: {}
            train: { steps: -3 }
            arms:
              - { name: full, method: full, learning_rate: 0 }
              - { name: full, method: lora, rank: x, learning_rate: 1 }
            """
        let problems = try StudyFileSamples.problems(text)
        let heads = problems.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
        #expect(
            heads == [
                "code.yaml:1: base:", "code.yaml:2: bse:", "code.yaml:3: target.train:",
                "code.yaml:4: source.tasks:", "code.yaml:5: train.steps:",
                "code.yaml:7: arms[0].learning_rate:", "code.yaml:8: arms[1].rank:",
                "code.yaml:8: arms[1].name:",
            ])
        #expect(problems[2].contains("/work/no/such.jsonl and "))
        #expect(problems[2].contains("/package/datasets/no/such.jsonl"))
    }

    @Test("the warm-up is measured against the steps that arms have, each once")
    func warmupOfArms() throws {
        let short = StudyFileSamples.text(line: 8, "  steps: 9")
        #expect(
            try StudyFileSamples.problems(short).filter { $0.contains("warmup") }
                == ["code.yaml:9: train.warmup_steps: is 10, more than the 9 steps"])
        let own =
            short
            .replacingOccurrences(of: "rate: 1e-3", with: "rate: 1e-3, steps: 30")
            .replacingOccurrences(of: "rank: 8", with: "rank: 8\n    steps: 40")
        #expect(try StudyFileSamples.problems(own).isEmpty)
    }

    @Test(
        "text that is no study at all is one problem",
        arguments: [
            ("", "code.yaml: is empty"), ("just words", "code.yaml:1: is `just words`, not keys"),
            ("a: 1\nb: [\n", "code.yaml:3: not valid YAML: "),
            ("a: 1\nb: 2\na: 3\n", "code.yaml:1: key given twice: a; keep one"),
        ])
    func textThatIsNoStudy(text: String, start: String) throws {
        let problems = try StudyFileSamples.problems(text)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix(start) == true, "\(problems)")
    }

    @Test("text made to exhaust the reader is one problem")
    func textMadeToExhaustTheReader() throws {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...8 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(aliases)]\n"
        }
        for text in [bomb, "a: " + String(repeating: "[", count: 50_000)] {
            #expect(try StudyFileSamples.problems(text).count == 1)
        }
    }

    @Test("no arm is a problem, however it is written", arguments: ["", "arms: []\n", "arms:\n"])
    func noArm(ending: String) throws {
        let lines = StudyFileSamples.text.components(separatedBy: "\n").prefix(10)
        let problems = try StudyFileSamples.problems(
            lines.joined(separator: "\n") + "\n" + ending)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("arms: no arm; add") == true)
    }
}
