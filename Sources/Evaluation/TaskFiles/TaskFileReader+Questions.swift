internal import Datasets
internal import Settings

extension TaskFileReader {
    /// What is asked; which kind it is shows in the keys.
    func question() -> TaskDefinition.Question {
        if root.value("layout") != nil { return layout() }
        if root.value("options") != nil { return .choice(choice()) }
        if root.value("continuation") != nil {
            return .continuation(
                ContinuationQuestion(
                    prompt: template("prompt"), continuation: template("continuation")))
        }
        return .written(written())
    }

    /// What the words for whole layouts mean.
    private func layout() -> TaskDefinition.Question {
        let word = root.optionalText("layout") ?? ""
        if let form = TaskDefinition.TextForm(rawValue: word) { return .texts(form) }
        if word != "record" {
            root.problem(
                "layout", "is `\(word)`; use record, wikitext or text, or write a `prompt`")
        }
        return .record(answerMetrics(hasProgram: true))
    }

    // MARK: - Options

    private func choice() -> ChoiceQuestion {
        let form: ChoiceQuestion.Form =
            root.value("ending") == nil
            ? .options(prompt: template("prompt")) : .contexts(ending: template("ending"))
        return ChoiceQuestion(
            form: form, options: options("options"),
            labels: root.value("labels") == nil ? nil : options("labels"), gold: template("gold"),
            metrics: choiceMetrics(isShared: root.value("ending") == nil))
    }

    private func options(_ key: String) -> ChoiceQuestion.Options {
        guard root.value(key)?.items != nil else { return .list(template(key)) }
        return .templates(
            root.elements(key).map { node, path in
                template(node.text ?? "") {
                    root.report.add($0, path: path, origin: node.origin)
                }
            })
    }

    private func choiceMetrics(isShared: Bool) -> [ChoiceMetric] {
        let known: [ChoiceMetric] = isShared ? ChoiceMetric.allCases : [.acc]
        let names = root.texts("metrics", default: known.map(\.rawValue))
        return names.compactMap { name in
            let metric = ChoiceMetric(rawValue: name)
            if metric == nil || !known.contains(where: { $0 == metric }) {
                let words = known.map(\.rawValue).joined(separator: " and ")
                root.problem("metrics", "has `\(name)`; a task with these options has \(words)")
            }
            return metric
        }
    }

    // MARK: - Written answers

    private func written() -> WrittenQuestion {
        let answer = root.value("answer") == nil ? nil : template("answer")
        let program = program()
        let metrics = answerMetrics(hasProgram: program != nil)
        if answer == nil, metrics.contains(where: \.needsGold) || program == nil {
            root.problem("answer", "missing; write the gold answer with {fields} of the rows")
        }
        return WrittenQuestion(
            prompt: template("prompt"), answer: answer, program: program,
            stops: root.texts("stops", default: []),
            maximumTokens: root.integer("max_tokens", default: 256, in: 1...1_000_000),
            metrics: metrics)
    }

    private func program() -> ProgramTemplate? {
        guard root.value("program") != nil else { return nil }
        let section = root.section("program")
        defer { section.finish() }
        return ProgramTemplate(
            start: template("start", in: section, default: ""),
            tests: template("tests", in: section))
    }

    private func answerMetrics(hasProgram: Bool) -> [AnswerMetric] {
        let elements = root.elements("metrics")
        guard !elements.isEmpty else {
            return [
                hasProgram && root.value("layout") == nil
                    ? AnswerMetric("pass", .program)
                    : AnswerMetric("exact_match", .exactMatch(AnswerComparison()))
            ]
        }
        let metrics = elements.compactMap { node, path in answerMetric(node, path) }
        if !hasProgram, metrics.contains(where: { $0.rule == .program }) {
            root.problem("metrics", "has `program`; say in `program` which tests are run")
        }
        for name in Set(metrics.map(\.name)) where metrics.count(where: { $0.name == name }) > 1 {
            root.problem("metrics", "has `\(name)` twice; give one of them another `name`")
        }
        return metrics
    }

    /// The words that a file has for rules.
    private enum Rule: String, CaseIterable {
        case exactMatch = "exact_match"
        case contains
        case characters = "character_accuracy"
        case program

        /// What a metric is called that has no other name; the tries are told with those of programs.
        var metricName: String { self == .program ? "pass" : rawValue }
    }

    private func answerMetric(
        _ node: SettingsNode, _ path: String
    ) -> AnswerMetric? {
        if let word = node.text {
            guard let rule = Rule(rawValue: word) else {
                let known = Rule.allCases.map(\.rawValue).joined(separator: ", ")
                root.problem("metrics", "has `\(word)`; written answers have \(known)")
                return nil
            }
            return AnswerMetric(rule.metricName, self.rule(rule, AnswerComparison()))
        }
        let section = SettingsSection(node, path: path, report: root.report)
        defer { section.finish() }
        let rule = section.choice("metric", default: Rule.exactMatch)
        return AnswerMetric(
            section.optionalText("name") ?? rule.metricName,
            self.rule(rule, comparison(section)))
    }

    private func rule(_ rule: Rule, _ comparison: AnswerComparison) -> AnswerMetric.Rule {
        switch rule {
        case .exactMatch: .exactMatch(comparison)
        case .contains: .contains(comparison)
        case .characters: .characters
        case .program: .program
        }
    }

    private func comparison(_ section: SettingsSection) -> AnswerComparison {
        let pattern = section.optionalText("pattern").flatMap {
            self.pattern($0, "pattern", section)
        }
        return AnswerComparison(
            pattern: pattern, pick: section.choice("match", default: .first),
            ignored: section.texts("ignore", default: []).compactMap {
                self.pattern($0, "ignore", section)
            },
            ignoresCase: section.flag("ignore_case", default: false),
            stripsEnds: section.flag("strip", default: true))
    }

    private func pattern(
        _ text: String, _ key: String, _ section: SettingsSection
    ) -> AnswerPattern? {
        do {
            return try AnswerPattern(text)
        } catch {
            section.problem(key, "\(error)")
            return nil
        }
    }
}
