internal import Tokenizers
internal import Datasets
internal import Foundation
internal import Models

extension WrittenTask {
    /// The metrics, the different answers where there are several to a question, and how likely the gold
    /// answers are.
    package var measures: [TaskMeasure] {
        metrics.map { TaskMeasure(share: $0.name, of: count, $0.summary) } + distinctMeasure
            + goldMeasures
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
        let answers = try answers(context)
        var sums = metrics.map { metric in
            zip(questions, answers).map { question, answers in
                let scores = answers.map { metric.score($0, gold: question.gold ?? "") ?? 0 }
                return scores.reduce(0, +) / Double(scores.count)
            }
        }
        if writing.samples > 1 { sums.append(answers.map { Double(Set($0).count) }) }
        if let nats { sums += [nats, nats.map { $0 / log(2) }] }
        return TaskScores(sums: sums, samples: samples(answers, nats))
    }

    private func goldNats(_ context: ScoringContext) throws -> [Double]? {
        guard hasGold else { return nil }
        return try TextScoring.nats(
            of: questions.map { $0.goldText ?? ScoredText.nothing }, context)
    }

    private func samples(_ answers: [[String]], _ nats: [Double]?) -> [TaskSample] {
        questions.indices.flatMap { index in
            answers[index].enumerated().map { number, text in
                sample(index, number, text, nats?[index])
            }
        }
    }

    private func sample(
        _ index: Int, _ number: Int, _ text: String, _ nats: Double?
    ) -> TaskSample {
        let question = questions[index]
        let scores = metrics.map { ($0.name, $0.score(text, gold: question.gold ?? "") ?? 0) }
        return .answer(
            .init(
                task: question.part.isEmpty ? name : "\(name)_\(question.part)", index: index,
                sample: writing.samples > 1 ? number : nil, prompt: question.prompt, text: text,
                gold: question.gold, scores: Dictionary(scores) { first, _ in first },
                goldLogLikelihood: nats.map { -$0 }))
    }

    // MARK: - Writing

    /// Tokens from the end of an answer in which a stop string is looked for.
    private static let stopWindow = 16

    /// The model's answers to each question, in order.
    ///
    /// - Throws: What `context.progress` throws; `TensorError.outOfMemory`.
    package func answers(_ context: ScoringContext) throws -> [[String]] {
        let asked = questions.indices.flatMap { Array(repeating: $0, count: writing.samples) }
        let generator = Generator(
            model: context.model, arena: context.arena,
            sampler: Sampler(temperature: writing.temperature, topP: writing.topP),
            stopTokens: stopTokens)
        var ends = asked.map { _ in [Int32]() }
        let generated = try generator.generate(
            asked.enumerated().map { request($1, sample: $0 % writing.samples) },
            progress: { try context.progress($0.done / writing.samples, questions.count) },
            onToken: { index, token in
                if stops.isEmpty { return true }
                ends[index] = ends[index].suffix(Self.stopWindow - 1) + [token]
                return !StopStrings.occur(in: tokenizer.decode(ends[index]), stops)
            })
        let texts = zip(asked, generated).map { question, ids in
            StopStrings.cut(text(of: ids, questions[question]), at: stops)
        }
        return questions.indices.map { index in
            Array(texts[index * writing.samples..<(index + 1) * writing.samples])
        }
    }

    /// Every answer has randomness of its own, whatever it is written beside.
    private func request(_ index: Int, sample: Int) -> GenerationRequest {
        let question = questions[index]
        return GenerationRequest(
            prompt: question.ids, maxTokens: answerLimit,
            seed: writing.seed &+ question.hash &+ UInt64(sample))
    }

    private func text(of ids: [Int32], _ question: Question) -> String {
        let text = tokenizer.decode(ids)
        return text.hasPrefix(question.lead)
            ? String(text.dropFirst(question.lead.count)) : text
    }
}
