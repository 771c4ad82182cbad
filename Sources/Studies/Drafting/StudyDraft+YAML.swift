internal import Datasets
internal import Models

extension StudyDraft {
    /// The study with a comment wherever something was chosen.
    var yaml: String {
        [
            header, target, sourceText, training, evaluation, armsText,
        ].joined(separator: "\n")
    }

    private var header: String {
        """
        # Drafted for \(comment(request.base)) and \(comment(request.train)); change what you like. Then
        #   lethe study check FILE     tells what is wrong with it, and its time and memory
        #   lethe run FILE             runs it
        name: \(quoted(name))
        question: \(quoted(question))
        base: \(quoted(base))
        """
    }

    private var question: String {
        let forgotten = source.isEmpty ? "" : ", and what do they forget"
        let methods =
            arms.missingFull == nil ? "full fine-tuning and LoRA" : "LoRA at three rates"
        return "What do \(methods) learn of \(domain)\(forgotten)?"
    }

    // MARK: - Data

    private var target: String {
        let isAnswered = data.training.regime == .instruct
        let layout = "# Template: \(template.name.rawValue), for \(comment(template.reason))."
        return [
            "", "# Data: \(comment(data.remark)).", isAnswered ? layout : nil, "target:",
            "  domain: \(quoted(domain))",
            "  regime: \(data.training.regime.rawValue)"
                + (isAnswered ? "" : "    # rows of text alone"),
            "  train: \(quoted(data.train))", "  evaluation: \(quoted(data.evaluation))",
            "  tasks: \(tasks)", isAnswered ? "  template: \(template.name.rawValue)" : nil,
        ].compactMap { $0 }.joined(separator: "\n")
    }

    /// Only answers that end in numbers can be judged without knowing what they are about.
    private var tasks: String {
        if data.endsInNumbers { return "[gsm8k]    # the numbers that answers end in are compared" }
        return data.training.regime == .instruct
            ? "[]    # the loss of gold answers alone; [code] compares whole written answers too"
            : "[]    # the loss of held-out text alone"
    }

    private var sourceText: String {
        let keys = [
            source.tasks.isEmpty && source.text != nil
                ? nil : "  tasks: [\(source.tasks.map(quoted).joined(separator: ", "))]",
            source.text.map { "  text: \(quoted($0))" },
            source.data.map { "  data: \(quoted($0))" },
        ].compactMap { $0 }
        guard source.isEmpty else { return (["source:"] + keys).joined(separator: "\n") }
        return """
            # Nothing is said of what the base may forget, so that only learning is measured. Name text such
            # as the base was trained on, which is none of the data above:
            #   source: { text: prose.txt }
            source:
              tasks: []
            """
    }

    // MARK: - Training

    private var training: String {
        """
        \(data.training.regime == .instruct ? "loss_mask: response\n" : "")
        # Sequences: \(lengthReason).
        # Steps: \(stepsReason).
        train:
          steps: \(steps.steps)
          batch_size: \(steps.batchSize)
          sequence_length: \(sequenceLength)
          warmup_steps: \(steps.warmup)
          schedule: constant    # so that arms may be compared at every point of their curves
          gradient_clip: 1.0
        """
    }

    private var lengthReason: String {
        let context = "the context is \(configuration.maxSequenceLength)"
        guard data.training.regime == .instruct else {
            return "the text is cut in rows of \(sequenceLength) tokens; \(context)"
        }
        let lengths = template.lengths
        let whole = lengths.count { $0 <= sequenceLength }
        return
            "\(sequenceLength) tokens leave \(whole) of \(lengths.count) records whole; \(context)"
    }

    private var stepsReason: String {
        let passes = (steps.passes * 10).rounded() / 10
        let told = "\(passes) passes over the data in batches of \(steps.batchSize)"
        return steps.isShortened
            ? told + ", for a first look; \(DraftSteps.wishedPasses) are usual" : told
    }

    private var evaluation: String {
        """
        evaluate:
          every: \(steps.every)
          early: true    # at steps 1, 2, 4, 8, 16 and 32 too, as far as they are below `every`
          limit: \(steps.limit)    # items of each file
          generate_limit: 4
        checkpoint: { every: \(steps.steps), keep: 1 }
        seeds: [0]    # three or more give a verdict that holds beyond one
        """
    }

    // MARK: - Arms

    private var armsText: String {
        let full =
            arms.missingFull.map { needed in
                "  # Full fine-tuning needs \(MemorySize(bytes: needed).rounded) here, of which "
                    + "\(MemorySize(bytes: arms.room).rounded) may be taken:\n"
                    + "  # - { name: full, method: full, learning_rate: \(list(arms.fullRates)) }"
            } ?? "  - { name: full, method: full, learning_rate: \(list(arms.fullRates)) }"
        return """

            # Three rates of each, four times apart; LoRA's are ten times those of full fine-tuning.
            arms:
            \(full)
              - { name: lora-r\(arms.rank), method: lora, rank: \(arms.rank), alpha: \(2 * arms.rank), \
            targets: all, learning_rate: \(list(arms.loraRates)) }

            """
    }

    private func list(_ rates: [Double]) -> String {
        "[" + rates.map(Study.text(ofRate:)).joined(separator: ", ") + "]"
    }

    private func quoted(_ text: String) -> String { Study.quoted(text) }

    /// What stays a comment, whatever is in it.
    private func comment(_ text: String) -> String {
        String(text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 32 } ? " " : $0 })
    }
}
