internal import Bases
import Datasets
import Foundation
internal import Settings
import Training

/// Turns the groups of a study file into a `Study`, checking everything that needs no model.
struct StudyReader {
    static let most = 1_000_000_000
    /// The most characters of a name: with a seed or a time behind it, it must still be a folder's,
    /// which Linux gives 255.
    private static let longestName = 200

    let root: SettingsSection
    let report: SettingsReport
    let locator: DataLocator
    /// Whether the study is a run's: then what it lacks means what it did when that was all there was.
    let isStored: Bool

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
        checkWarmup(training, of: arms, trainSection)
        let longest = (arms.isEmpty ? training.lengths : arms.flatMap(\.lengths)).max() ?? 1
        let evaluation = evaluation(root.section("evaluate"), steps: longest)
        let seeds = seeds()
        let study = Study(
            name: name, question: root.optionalText("question"), base: base(), target: target,
            source: source(root.section("source")), lossMask: mask, training: training,
            evaluation: evaluation,
            checkpoints: checkpoints(
                root.section("checkpoint"), every: evaluation.every, steps: longest),
            seeds: seeds, addedSeeds: addedSeeds(beside: seeds),
            onDivergence: root.choice("on_divergence", default: .stopArm),
            memory: root.memorySize()?.bytes, budget: budget(), arms: arms, positions: positions)
        root.finish()
        checkTrajectories(study)
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

    private func target(_ section: SettingsSection) -> Study.Target {
        let domain = section.text("domain", hint: "write for example `domain: code`")
        if section.value("train") == nil {
            section.problem("train", "missing; name the file to train on")
        }
        let target = Study.Target(
            domain: domain, regime: section.choice("regime", default: .instruct),
            train: data("train", in: section),
            trainLimit: section.optionalInteger("train_limit", in: 1...Self.most),
            evaluation: evaluated(section),
            tasks: tasks(section, default: [domain]),
            prompts: section.choice("prompts", default: .template),
            data: folder("data", in: section),
            template: template(section),
            shownTests: section.integer("show_tests", default: 0, in: 0...Self.most))
        checkTasks(target.tasks, section)
        if target.shownTests > 0, target.regime == .continue {
            section.problem("show_tests", "needs prompts; use `regime: instruct`, or drop it")
        }
        if target.tasks.isEmpty, target.evaluation == nil {
            section.problem(
                "tasks", "is empty; name a task, or what is measured in `evaluation`")
        }
        section.finish()
        return target
    }

    private func source(_ section: SettingsSection) -> Study.Source {
        let source = Study.Source(
            tasks: tasks(section, default: []), text: file("text", in: section),
            data: folder("data", in: section))
        checkTasks(source.tasks, section)
        if section.value("tasks") == nil && section.value("text") == nil {
            section.problem(
                "tasks",
                "missing; name source tasks, or a held-out `text`, or both; `tasks: []` alone "
                    + "measures nothing that may be forgotten")
        }
        section.finish()
        return source
    }

    /// Names of tasks, or the files that declare them.
    private func tasks(_ section: SettingsSection, default fallback: [String]) -> [String] {
        section.texts("tasks", default: fallback).map { name in
            name.hasSuffix(".yaml") ? place("tasks", name, in: section, isFolder: false) : name
        }
    }

    private func template(_ section: SettingsSection) -> TemplateName {
        let text = section.text("template", default: TemplateName.plain.rawValue)
        do {
            return try TemplateName(reading: text)
        } catch {
            section.problem("template", "\(error)")
            return .plain
        }
    }

    private func folder(_ key: String, in section: SettingsSection) -> String? {
        section.optionalText(key).map { place(key, $0, in: section, isFolder: true) }
    }

    private func checkTasks(_ tasks: [String], _ section: SettingsSection) {
        for task in Self.repeated(tasks) { section.problem("tasks", "names `\(task)` twice") }
        if tasks.contains("") { section.problem("tasks", "holds an empty name") }
    }

    /// What is measured, of which there is one file.
    private func evaluated(_ section: SettingsSection) -> StudyData? {
        let data = data("evaluation", in: section)
        if data.count > 1 { section.problem("evaluation", "names several files; name one") }
        return data.first
    }

    private func file(_ key: String, in section: SettingsSection) -> String? {
        section.optionalText(key).map { place(key, $0, in: section, isFolder: false) }
    }

    /// The path as the resolved study keeps it: as it is for embedded data, else absolute.
    func place(
        _ key: String, _ path: String, in section: SettingsSection, isFolder: Bool?
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

    /// A name that becomes a folder's.
    func folderName(_ section: SettingsSection, hint: String) -> String {
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

    static func repeated<Element: Hashable>(_ elements: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return elements.filter { !seen.insert($0).inserted }
    }
}
