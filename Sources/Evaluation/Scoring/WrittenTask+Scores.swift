internal import Datasets
internal import Foundation
internal import Sandbox

extension WrittenTask {
    /// The metrics, the different answers where there are several to a question, and how likely the gold
    /// answers are.
    package var measures: [TaskMeasure] {
        metrics.flatMap { measures(of: $0) } + distinctMeasure + goldMeasures
    }

    /// One for each number of tries that is told.
    private func measures(of metric: AnswerMetric) -> [TaskMeasure] {
        guard metric.rule == .program else {
            return [TaskMeasure(share: metric.name, of: count, metric.summary)]
        }
        return tries.map { tries in
            TaskMeasure(
                share: "\(metric.name)@\(tries)", of: count,
                tries == 1
                    ? metric.summary
                    : "chance that one of \(tries) written programs passes its tests")
        }
    }

    /// 1, and the powers of two up to the number of answers.
    private var tries: [Int] {
        (0..<Int.bitWidth - 1).lazy.map { 1 << $0 }.prefix { $0 <= writing.samples }
    }

    private var distinctMeasure: [TaskMeasure] {
        guard writing.samples > 1 else { return [] }
        return [
            TaskMeasure(
                "distinct", .count, counts: questions.map { _ in 1 },
                "different answers of \(writing.samples) to a question")
        ]
    }

    /// Of those that have tokens.
    private var goldMeasures: [TaskMeasure] {
        guard hasGold else { return [] }
        return [
            TaskMeasure(
                "answer_loss", .loss, counts: questions.map { $0.goldText?.tokenCount ?? 0 },
                "cross-entropy of the gold answers after their prompts"),
            TaskMeasure(
                "answer_bits_per_byte", .bits,
                counts: questions.map { $0.goldText?.byteCount ?? 0 },
                "bits needed per UTF-8 byte of the gold answers after their prompts"),
        ]
    }

    private var hasGold: Bool { writing.scoresGold && questions.contains { $0.goldText != nil } }

    package func scores(_ context: ScoringContext) throws -> TaskScores {
        let nats = try goldNats(context)
        let answers = try written(context)
        var sums = metrics.flatMap { self.sums(of: $0, answers) }
        if writing.samples > 1 {
            sums.append(answers.map { answers in Double(Set(answers.map(\.text)).count) })
        }
        if let nats { sums += [nats, nats.map { $0 / log(2) }] }
        return TaskScores(sums: sums, samples: samples(answers, nats))
    }

    /// What each question adds to the measures of a metric.
    private func sums(of metric: AnswerMetric, _ answers: [[WrittenAnswer]]) -> [[Double]] {
        let scores = zip(questions, answers).map { question, answers in
            answers.map { $0.score(metric, gold: question.gold) }
        }
        guard metric.rule == .program else {
            return [scores.map { $0.reduce(0, +) / Double($0.count) }]
        }
        return tries.map { tries in
            scores.map { scores in
                Accuracy.passAtK(
                    samples: scores.count, passed: scores.count { $0 == 1 }, k: tries)
            }
        }
    }

    private func goldNats(_ context: ScoringContext) throws -> [Double]? {
        guard hasGold else { return nil }
        return try TextScoring.nats(
            of: questions.map { $0.goldText ?? ScoredText.nothing }, context)
    }

    // MARK: - Samples

    private func samples(_ answers: [[WrittenAnswer]], _ nats: [Double]?) -> [TaskSample] {
        questions.indices.flatMap { index in
            answers[index].enumerated().map { number, answer in
                sample(index, number, answer, nats?[index])
            }
        }
    }

    private func sample(
        _ index: Int, _ number: Int, _ answer: WrittenAnswer, _ nats: Double?
    ) -> TaskSample {
        let question = questions[index]
        let scores = metrics.map { ($0.name, answer.score($0, gold: question.gold)) }
        return .answer(
            .init(
                task: name(ofPart: question.part), index: index,
                sample: writing.samples > 1 ? number : nil, prompt: question.prompt,
                text: answer.text, gold: question.gold,
                scores: Dictionary(scores) { first, _ in first },
                verdict: answer.judged?.verdict.rawValue,
                reason: answer.judged.flatMap { $0.reason.isEmpty ? nil : $0.reason },
                goldLogLikelihood: nats.map { -$0 }))
    }
}

/// An answer that a model wrote.
struct WrittenAnswer: Sendable {
    let text: String
    /// What became of the program that was made of it, if one was run.
    var judged: JudgedProgram?

    /// From 0 to 1.
    func score(_ metric: AnswerMetric, gold: String?) -> Double {
        guard metric.rule != .program else { return judged?.verdict == .pass ? 1 : 0 }
        return metric.score(text, gold: gold ?? "") ?? 0
    }
}
