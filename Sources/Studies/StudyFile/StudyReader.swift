internal import Bases
import Datasets
import Foundation
import Training

/// Turns the groups of a study file into a `Study`, checking everything that needs no model.
struct StudyReader {
    private static let most = 1_000_000_000
    /// The most characters of a name: with a seed or a time behind it, it must still be a folder's,
    /// which Linux gives 255.
    private static let longestName = 200

    let root: StudySection
    let report: StudyReport
    let locator: DataLocator

    /// The study; it counts only if the report stays empty.
    func study(positions: StudyPositions) -> Study {
        checkSchema()
        let name = folderName(root, hint: "write for example `name: code`")
        let trainSection = root.section("train")
        let training = training(trainSection)
        let mask = LossMask(root, default: .response)
        let target = target(root.section("target"))
        let arms = arms(training, mask, target.regime)
        if target.regime == .continue { checkHasNoPrompts(mask, root) }
        if training.warmupSteps > training.steps,
            arms.contains(where: { $0.steps == training.steps })
        {
            trainSection.problem(
                "warmup_steps",
                "is \(training.warmupSteps), more than the \(training.steps) steps")
        }
        let longest = arms.map(\.steps).max() ?? training.steps
        let evaluation = evaluation(root.section("evaluate"), steps: longest)
        let study = Study(
            name: name, base: base(), target: target,
            source: source(root.section("source")), lossMask: mask, training: training,
            evaluation: evaluation,
            checkpoints: checkpoints(
                root.section("checkpoint"), every: evaluation.every, steps: longest),
            seeds: seeds(), onDivergence: root.choice("on_divergence", default: .stopArm),
            arms: arms, positions: positions)
        root.finish()
        checkNames(study)
        return study
    }

    private func checkSchema() {
        let version = root.optionalText("schemaVersion") ?? "1"
        if version != "1" {
            root.problem("schemaVersion", "is \(version), but this lethe reads 1")
        }
    }

    // MARK: - Target and source

    private func base() -> String {
        let base = root.text("base", hint: "write `base: tiny`, or a .gguf file or model folder")
        guard base.contains("/") || base.hasSuffix(".gguf") else { return base }
        return place("base", base, in: root, isFolder: nil)
    }

    private func target(_ section: StudySection) -> Study.Target {
        let domain = section.text("domain", hint: "write for example `domain: code`")
        let train = section.text("train", hint: "name the file to train on")
        let target = Study.Target(
            domain: domain, regime: section.choice("regime", default: .instruct),
            train: train.isEmpty ? "" : place("train", train, in: section, isFolder: false),
            trainLimit: section.optionalInteger("train_limit", in: 1...Self.most),
            evaluation: file("evaluation", in: section),
            tasks: section.texts("tasks", default: [domain]),
            template: section.choice("template", default: .plain),
            shownTests: section.integer("show_tests", default: 0, in: 0...Self.most))
        checkTasks(target.tasks, section)
        if target.shownTests > 0, target.regime == .continue {
            section.problem("show_tests", "needs prompts; use `regime: instruct`, or drop it")
        }
        if target.tasks.isEmpty {
            section.problem("tasks", "is empty; name a task or drop the key")
        }
        section.finish()
        return target
    }

    private func source(_ section: StudySection) -> Study.Source {
        let source = Study.Source(
            tasks: section.texts("tasks", default: []), text: file("text", in: section),
            data: section.optionalText("data").map { path in
                place("data", path, in: section, isFolder: true)
            })
        checkTasks(source.tasks, section)
        if source.tasks.isEmpty && section.value("text") == nil {
            section.problem("tasks", "missing; name source tasks, or a held-out `text`, or both")
        }
        section.finish()
        return source
    }

    private func checkTasks(_ tasks: [String], _ section: StudySection) {
        for task in Self.repeated(tasks) { section.problem("tasks", "names `\(task)` twice") }
        if tasks.contains("") { section.problem("tasks", "holds an empty name") }
    }

    private func file(_ key: String, in section: StudySection) -> String? {
        section.optionalText(key).map { place(key, $0, in: section, isFolder: false) }
    }

    /// The path as the resolved study keeps it: as it is for embedded data, else absolute.
    private func place(
        _ key: String, _ path: String, in section: StudySection, isFolder: Bool?
    ) -> String {
        guard let found = locator.find(path) else {
            let places = locator.candidates(path).map(\.path).joined(separator: " and ")
            section.problem(key, "no such file: looked for \(places); correct the path")
            return path
        }
        var isDirectory: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: found.url.path, isDirectory: &isDirectory)
        if let isFolder, isFolder != isDirectory.boolValue {
            section.problem(
                key, "\(path) is a \(isFolder ? "file; name a folder" : "folder; name a file")")
        }
        return found.isEmbedded && !path.hasPrefix("/")
            && found.url == locator.candidates(path).last?.standardizedFileURL
            ? path : found.url.path
    }

    // MARK: - Schedule

    private func training(_ section: StudySection) -> Study.Training {
        let steps = section.integer("steps", in: 1...Self.most)
        let clip = section.number("gradient_clip", default: 1, .notNegative)
        let training = Study.Training(
            steps: steps, batchSize: section.integer("batch_size", default: 16, in: 1...65_536),
            sequenceLength: section.integer("sequence_length", default: 128, in: 2...1_048_576),
            warmupSteps: section.integer("warmup_steps", default: 0, in: 0...Self.most),
            schedule: section.choice("schedule", default: .cosine),
            gradientClip: clip == 0 ? nil : clip,
            optimizer: OptimizerSettings(section))
        section.finish()
        return training
    }

    private func evaluation(_ section: StudySection, steps: Int) -> Study.Evaluation {
        let evaluation = Study.Evaluation(
            every: section.integer("every", default: min(20, steps), in: 1...Self.most),
            limit: section.optionalInteger("limit", in: 1...Self.most),
            generateLimit: section.optionalInteger("generate_limit", in: 1...Self.most))
        checkInterval(evaluation.every, section, steps: steps)
        section.finish()
        return evaluation
    }

    private func checkpoints(
        _ section: StudySection, every fallback: Int, steps: Int
    ) -> Study.Checkpoints {
        let checkpoints = Study.Checkpoints(
            every: section.integer("every", default: min(fallback, steps), in: 1...Self.most),
            keep: section.integer("keep", default: 2, in: 1...Self.most))
        checkInterval(checkpoints.every, section, steps: steps)
        section.finish()
        return checkpoints
    }

    private func checkInterval(_ every: Int, _ section: StudySection, steps: Int) {
        guard every > steps else { return }
        section.problem("every", "is \(every), more than the \(steps) steps; make it smaller")
    }

    private func seeds() -> [UInt64] {
        let seeds = root.integers("seeds", default: [0], in: 0...Int.max)
        if root.value("seeds")?.items?.isEmpty == true {
            root.problem("seeds", "is empty; write [0]")
        }
        for seed in Self.repeated(seeds) { root.problem("seeds", "names \(seed) twice") }
        return seeds.map { UInt64($0) }
    }

    // MARK: - Arms

    private func arms(
        _ training: Study.Training, _ mask: LossMask, _ regime: Study.Regime
    ) -> [Study.Arm] {
        let sections = root.sections("arms")
        let given = root.value("arms")
        if given == nil || given?.items?.isEmpty == true {
            root.problem(
                "arms", "no arm; add `- { name: full, method: full, learning_rate: 1e-3 }`")
        }
        var seen: Set<String> = []
        let arms = sections.map { section in
            let arm = arm(section, training, mask)
            if !arm.name.isEmpty, !seen.insert(arm.name.lowercased()).inserted {
                let isSame = sections.filter { $0.value("name")?.text == arm.name }.count > 1
                section.problem(
                    "name",
                    isSame
                        ? "`\(arm.name)` names another arm too; choose another name"
                        : "`\(arm.name)` is another arm's name but for capitals, which some file "
                            + "systems do not tell apart; choose another name")
            }
            return arm
        }
        checkArms(arms, sections, regime, warmupSteps: training.warmupSteps)
        return arms
    }

    private func arm(
        _ section: StudySection, _ training: Study.Training, _ mask: LossMask
    ) -> Study.Arm {
        let name = folderName(section, hint: "write for example `name: full`")
        if section.value("method") == nil {
            let names = MethodSettings.Name.allCases.map(\.rawValue).joined(separator: " or ")
            section.problem("method", "missing; write \(names)")
        }
        let problems = report.problems.count
        let method = section.choice("method", default: MethodSettings.Name.full)
        let isMethodKnown = section.value("method") != nil && report.problems.count == problems
        let learningRate = section.number("learning_rate", .positive)
        let arm = Study.Arm(
            name: name, method: MethodSettings(method, section),
            embeddings: EmbeddingSettings(section, method: method, learningRate: learningRate),
            lossMask: LossMask(section, default: mask), learningRate: learningRate,
            optimizer: OptimizerSettings(section, study: training.optimizer),
            steps: section.integer("steps", default: training.steps, in: 1...Self.most),
            seed: section.optionalInteger("seed", in: 0...Int.max).map { UInt64($0) })
        // Without the method its keys are unknown too, and would be reported for nothing.
        if isMethodKnown { section.finish() }
        return arm
    }

    /// A name that becomes a folder's.
    private func folderName(_ section: StudySection, hint: String) -> String {
        let name = section.text("name", hint: hint)
        let isAllowed = name.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || "0123456789._-".contains(Character(scalar)))
        }
        if !isAllowed || name.hasPrefix(".") {
            section.problem("name", "is `\(name)`; use letters, digits, `.`, `_` and `-`")
        } else if name.count > Self.longestName {
            section.problem(
                "name",
                "has \(name.count) characters; use at most \(Self.longestName), for it becomes a "
                    + "folder's name")
        }
        return name
    }

    /// A seed that is appended to a name can make it another arm's.
    private func checkNames(_ study: Study) {
        let names = study.seededArms.map { $0.name.lowercased() }
        for name in Self.repeated(names) where study.seeds.count > 1 {
            root.problem("seeds", "make two arms named `\(name)`; rename one")
        }
    }

    private static func repeated<Element: Hashable>(_ elements: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return elements.filter { !seen.insert($0).inserted }
    }
}
