internal import Datasets
internal import Models
internal import Sandbox
internal import Tokenizers

extension WrittenTask {
    /// Tokens from the end of an answer in which a stop string is looked for.
    private static let stopWindow = 16

    /// The model's answers to each question, in order.
    ///
    /// Programs are run beside the writing, each as soon as it is written.
    /// - Throws: What `context.progress` throws; `TensorError.outOfMemory`.
    func written(_ context: ScoringContext) throws -> [[WrittenAnswer]] {
        let asked = questions.indices.flatMap { Array(repeating: $0, count: writing.samples) }
        var answers = asked.map { _ in WrittenAnswer(text: "") }
        var pending: [(index: Int, verdict: PendingVerdict)] = []
        do {
            try write(asked, context) { index, text in
                answers[index] = WrittenAnswer(text: text)
                if let verdict = run(text, of: questions[asked[index]]) {
                    pending.append((index, verdict))
                }
            }
            for (index, judged) in try judged(pending, context) { answers[index].judged = judged }
        } catch {
            for one in pending { one.verdict.giveUp() }
            throw error
        }
        return questions.indices.map { index in
            Array(answers[index * writing.samples..<(index + 1) * writing.samples])
        }
    }

    /// Has the answers written; tells each as soon as it is whole.
    private func write(
        _ asked: [Int], _ context: ScoringContext, _ onEnd: (_ index: Int, _ text: String) -> Void
    ) throws {
        let generator = Generator(
            model: context.model, arena: context.arena, sampler: writing.sampler,
            stopTokens: stopTokens)
        var ends = asked.map { _ in [Int32]() }
        _ = try generator.generate(
            asked.enumerated().map { request($1, sample: $0 % writing.samples) },
            progress: { try context.progress($0.done / writing.samples, questions.count) },
            onToken: { index, token in
                if stops.isEmpty { return true }
                ends[index] = ends[index].suffix(Self.stopWindow - 1) + [token]
                return !StopStrings.occur(in: tokenizer.decode(ends[index]), stops)
            },
            onEnd: { index, ids in
                onEnd(index, StopStrings.cut(text(of: ids, questions[asked[index]]), at: stops))
            })
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

    // MARK: - Programs

    /// Has the program run that an answer makes; nil if none is made.
    private func run(_ text: String, of question: Question) -> PendingVerdict? {
        guard case .sandbox(let sandbox) = writing.programs, let parts = question.program,
            metrics.contains(where: { $0.rule == .program })
        else { return nil }
        return sandbox.submit(SandboxedProgram(source: parts.start + text, tests: parts.tests))
    }

    private func judged(
        _ pending: [(index: Int, verdict: PendingVerdict)], _ context: ScoringContext
    ) throws -> [(Int, JudgedProgram)] {
        guard case .sandbox(let sandbox) = writing.programs, !pending.isEmpty else { return [] }
        let results = try sandbox.results(of: pending.map(\.verdict)) { _, _ in
            try context.progress(questions.count, questions.count)
        }
        return zip(pending.map(\.index), results).map { ($0, $1) }
    }
}
