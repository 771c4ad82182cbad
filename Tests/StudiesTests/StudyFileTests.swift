import Adapters
import Bases
import Datasets
import Foundation
import Models
import Studies
import TestSupport
import Testing
import Training

@Suite struct StudyFileTests {
    @Test("a study reads with its defaults filled in")
    func aStudyReads() throws {
        let study = try StudyFileSamples.parse()
        #expect(study.name == "code")
        #expect(study.target.regime == .instruct)
        #expect(study.target.tasks == ["code"])
        #expect(study.target.train == [StudyData("code/train.jsonl")])
        #expect(study.target.trainLimit == nil && study.target.shownTests == 0)
        #expect(study.source.text == "world/heldout.txt")
        #expect(study.lossMask == .response)
        #expect(study.training.lengths == [300])
        #expect(study.training.optimizer == OptimizerSettings())
        #expect(study.training.gradientClip == 1)
        #expect(study.checkpoints.every == 20)
        #expect(study.evaluation.generateLimit == nil)
        #expect(study.seeds == [0])
        #expect(study.onDivergence == .stopArm)
        #expect(study.arms.map(\.lengths) == [[300], [300]])
        #expect(study.arms.map(\.learningRates) == [[1e-3], [1e-2]])
        #expect(study.evaluation.isEarly)
        #expect(study.arms.map(\.lossMask) == [.response, .response])
        guard case .full(let full) = study.arms[0].method else {
            Issue.record("full is \(study.arms[0].method)")
            return
        }
        #expect(full.parts == nil && full.lastLayers == nil)
        guard case .lora(let settings, .plain) = study.arms[1].method else {
            Issue.record("lora-r8 is \(study.arms[1].method)")
            return
        }
        #expect(settings.size == .rank(8))
        #expect(settings.alpha == 16)
        #expect(settings.scaling == .lora)
        #expect(settings.initialisation == .kaiming)
        #expect(settings.targets == Projection.allCases)
    }

    @Test("the resolved study reads back as an equal one")
    func theResolvedStudyReadsBack() throws {
        let text =
            StudyFileSamples.text + """
                  - { name: odd, method: lora, rank: 4, alpha: 0.1, dropout: 0.3, seed: 7,
                      scaling: rslora, init: gaussian, targets: [q, v, up], learning_rate: 3.3e-5, steps: 40, weight_decay: 0.01 }
                  - { name: dora, method: dora, rank: 2, dropout: 0.1, learning_rate: 1e-3 }
                  - { name: mora, method: mora, rank: 2, operator: sharing-contiguous,
                      dropout: 0.1, targets: mlp, learning_rate: 1e-3 }
                  - { name: plus, method: lora+, rank: 2, ratio: 5, learning_rate: 1e-3 }
                  - { name: asy, method: asylora, rank: 2, learning_rate: 1e-3 }
                  - { name: pissa, method: pissa, rank: 2, learning_rate: 1e-3 }
                  - { name: milora, method: milora, rank: 2, alpha: 8, learning_rate: 1e-3 }
                  - { name: relora, method: relora, rank: 2, restart_every: 9, learning_rate: 1e-3 }
                  - { name: remora, method: remora, rank: 2, operator: sharing, restart_every: 9,
                      restart_warmup: 0, learning_rate: 1e-3 }
                  - { name: lion, method: full, optimizer: lionw, learning_rate: 1e-4 }
                  - { name: free, method: full, optimizer: schedule-free-adamw, betas: [0.95, 0.99],
                      epsilon: 1e-6, weight_decay: 0.1, learning_rate: 1e-3 }
                  - { name: vera, method: vera, rank: 64, init: 0.2, learning_rate: 1e-2 }
                  - { name: tables, method: lora, rank: 2, train_embeddings: true, train_head: true,
                      embedding_learning_rate: 1e-4, neftune_alpha: 5, learning_rate: 1e-3 }
                  - { name: masked, method: full, loss_mask: 0.25, learning_rate: 1e-3 }
                  - { name: table, method: vera, rank: 2, train_head: true, learning_rate: 1e-3 }
                  - { name: noisy, method: full, neftune_alpha: 2.5, learning_rate: 1e-3 }
                  - { name: parts, method: full, parts: [norms, mlp], last: 2, learning_rate: 1e-2 }
                  - { name: norms, method: full, parts: norms, learning_rate: 1e-2 }
                loss_mask: boilerplate
                seeds: [1, 2]
                checkpoint: { every: 7, keep: 3 }
                on_divergence: stop_run

                """
        var study = try StudyFileSamples.parse(text)
        study.target.trainLimit = 5
        study.target.shownTests = 2
        #expect(study.arms.map(\.lossMask).filter { $0 != .boilerplate } == [.promptWeight(0.25)])
        #expect(try StudyFileSamples.parse(study.yaml()) == study)
        var other = study
        other.arms[2].learningRates = [1]
        #expect(try StudyFileSamples.parse(other.yaml()) != study)
    }

    @Test("an arm takes the study's optimiser with its constants, or another with that one's own")
    func optimizers() throws {
        let text =
            StudyFileSamples.text(
                line: 8,
                "  steps: 300\n  optimizer: lionw\n  betas: [0.8, 0.9]\n  weight_decay: 0.5")
                + """
                  - { name: b, method: full, learning_rate: 1, weight_decay: 0.1 }
                  - { name: c, method: full, learning_rate: 1, optimizer: adamw-decoupled }
                  - { name: d, method: full, learning_rate: 1, optimizer: lionw, betas: [0.7, 0.6] }
                """
        let arms = try StudyFileSamples.parse(text).arms
        let lion = OptimizerSettings(.lionw, beta1: 0.8, beta2: 0.9, weightDecay: 0.5)
        #expect(arms[0].optimizer == lion)
        #expect(
            arms[2].optimizer
                == OptimizerSettings(.lionw, beta1: 0.8, beta2: 0.9, weightDecay: 0.1))
        #expect(arms[3].optimizer == OptimizerSettings(.adamwDecoupled))
        #expect(
            arms[4].optimizer
                == OptimizerSettings(.lionw, beta1: 0.7, beta2: 0.6, weightDecay: 0.5))
        let notes = try StudyFileSamples.parse(text).yaml().split(separator: "\n").filter {
            $0.hasPrefix("# ")
        }
        #expect(notes == arms.indices.filter { $0 != 1 }.map { "# \(arms[$0].optimizer)" })
    }

    @Test(
        "texts that look like something else survive",
        arguments: ["null", "12", "a: b", "say \"hi\" \\ ü", "~", "#x", "- x", "tab\tnew\nline"])
    func awkwardTextsSurvive(text: String) throws {
        var study = try StudyFileSamples.parse()
        study.target.domain = text
        study.target.tasks = [text]
        #expect(try StudyFileSamples.parse(study.yaml()) == study)
    }

    @Test("each seed makes an arm of its own")
    func eachSeedMakesAnArm() throws {
        let text = StudyFileSamples.text + "seeds: [0, 3]\n"
        var study = try StudyFileSamples.parse(text)
        #expect(
            study.trajectories.map(\.id) == ["full-s0", "full-s3", "lora-r8-s0", "lora-r8-s3"])
        study.arms[0].seed = 9
        #expect(study.trajectories.map(\.id) == ["full", "lora-r8-s0", "lora-r8-s3"])
        #expect(study.trajectories.map(\.seed) == [9, 0, 3])
    }

    @Test("keys know their lines, and what is absent the line of its group")
    func keysKnowTheirLines() throws {
        let study = try StudyFileSamples.parse()
        #expect(study.line(of: "base") == 2)
        #expect(study.line(of: "source.text") == 6)
        #expect(study.line(of: "arms[0].learning_rate") == 12)
        #expect(study.line(of: "arms[1].rank") == 15)
        #expect(study.line(of: "arms[1].alpha") == 13)
        #expect(study.line(of: "seeds") == nil)
        let problem = study.problem(at: "arms[1].rank", "is more than the layer's 4")
        #expect(
            StudyError.invalid([problem]).description
                == "code.yaml:15: arms[1].rank: is more than the layer's 4")
    }

    @Test("names and paths are found, and the rest says what there is")
    func namesAndPathsAreFound() throws {
        try StudyFileSamples.withData { locator in
            #expect(StudyFile.list(locator: locator).map(\.name) == ["code"])
            #expect(try StudyFile.load("code", locator: locator).name == "code")
            let mine = StudyFileSamples.text(line: 1, "name: mine")
            let file = locator.workingDirectory.appending(path: "my.yaml")
            try StudyFileSamples.write(mine, to: file)
            #expect(try StudyFile.load("my.yaml", locator: locator).name == "mine")
            #expect(try StudyFile.load(file.path, locator: locator).name == "mine")
            #expect(throws: StudyError.notFound(name: "maths", available: ["code"])) {
                try StudyFile.load("maths", locator: locator)
            }
            try StudyFileSamples.write("name: [", to: file)
            let error = #expect(throws: StudyError.self) {
                try StudyFile.load("my.yaml", locator: locator)
            }
            #expect(error?.description.hasPrefix("my.yaml:") == true)
        }
    }

    @Test("a user's own file is stored by its whole path, so that a run resumes anywhere")
    func aUsersFileIsStoredByItsWholePath() throws {
        try StudyFileSamples.withData { locator in
            let file = locator.workingDirectory.appending(path: "mine.txt")
            try StudyFileSamples.write("x", to: file)
            let text = StudyFileSamples.text(line: 6, "  text: mine.txt")
            let study = try StudyFile.parse(text, file: "a.yaml", locator: locator)
            #expect(study.source.text == file.standardizedFileURL.path)
            let elsewhere = DataLocator(
                workingDirectory: URL(filePath: "/"), datasets: locator.datasets)
            let again = try StudyFile.parse(study.yaml(), file: "b.yaml", locator: elsewhere)
            #expect(again == study)
        }
    }
}
