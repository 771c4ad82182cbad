/// The measures of lethe; those that are added declare their definition where they are taken.
extension MetricDefinition {
    /// The task of the held-out source text, in tables and keys.
    package static let textTask = "text"

    package static let trainingLoss = MetricDefinition(
        name: "loss", kind: .train, unit: "nats/token", direction: .lowerIsBetter,
        values: .positive,
        taken: .step, summary: "mean cross-entropy of the batch over the tokens that carry loss")
    package static let learningRate = MetricDefinition(
        name: "learning_rate", kind: .train, unit: "", direction: .neutral, values: .signed,
        taken: .step, summary: "learning rate of the step")
    package static let gradientNorm = MetricDefinition(
        name: "gradient_norm", kind: .train, unit: "", direction: .neutral, values: .positive,
        taken: .step, summary: "L2 norm of all gradients before clipping")
    package static let targetLoss = MetricDefinition(
        name: "loss", kind: .target, unit: "nats/token", direction: .lowerIsBetter,
        values: .positive,
        scope: .task, summary: "cross-entropy of the evaluation records' whole gold answers")
    package static let bitsPerByte = MetricDefinition(
        name: "bits_per_byte", heading: "bpb", kind: .target, unit: "bits/byte",
        direction: .lowerIsBetter,
        values: .positive,
        scope: .task, summary: "bits needed per UTF-8 byte of the gold answers")
    package static let exactMatch = MetricDefinition(
        name: "exact_match", heading: "exact", kind: .target, unit: "", direction: .higherIsBetter,
        values: .share,
        scope: .task,
        summary: "share of evaluation records whose greedy answer equals the gold answer")
    package static let characterAccuracy = MetricDefinition(
        name: "character_accuracy", heading: "characters", kind: .target, unit: "",
        direction: .higherIsBetter,
        values: .share,
        scope: .task,
        summary: "share of the gold answers' characters that the greedy answers have at the "
            + "same place; 0.098 by chance for uuid")
    package static let accuracy = MetricDefinition(
        name: "acc", kind: .source, unit: "", direction: .higherIsBetter, values: .share,
        scope: .task, summary: "share of items whose best option by summed log-likelihood is right")
    package static let normalisedAccuracy = MetricDefinition(
        name: "acc_norm", kind: .source, unit: "", direction: .higherIsBetter, values: .share,
        scope: .task, summary: "as acc, with the log-likelihood divided by the option's characters")
    package static let retainedAccuracy = MetricDefinition(
        name: "retained_accuracy", heading: "retained acc", kind: .source, unit: "",
        direction: .higherIsBetter,
        values: .share,
        summary: "unweighted mean of acc over the source tasks; higher means forgot less")
    package static let sourceLoss = MetricDefinition(
        name: "loss", kind: .source, unit: "nats/token", direction: .lowerIsBetter,
        values: .positive,
        summary: "cross-entropy of the held-out source text, document by document")
    package static let forgetting = MetricDefinition(
        name: "forgetting", heading: "forget", kind: .source, unit: "nats/token",
        direction: .lowerIsBetter,
        values: .signed,
        summary: "rise of the held-out text's loss over the base model's; positive is worse")
    package static let tokensPerSecond = MetricDefinition(
        name: "tokens_per_second", kind: .cost, unit: "tokens/s", direction: .higherIsBetter,
        values: .positive,
        taken: .slice, summary: "training tokens per second of training time in the slice")
    package static let evaluationSeconds = MetricDefinition(
        name: "evaluation_seconds", kind: .cost, unit: "s", direction: .lowerIsBetter,
        values: .positive,
        summary: "time the evaluation point took")
    package static let peakBytes = MetricDefinition(
        name: "peak_bytes", kind: .cost, unit: "bytes", direction: .lowerIsBetter,
        values: .positive,
        summary: "largest resident size of the process so far")
    package static let armBytes = MetricDefinition(
        name: "arm_bytes", kind: .cost, unit: "bytes", direction: .lowerIsBetter, values: .positive,
        summary: "what the arm needs for itself: weights that are not the base's, the optimiser's "
            + "buffers, and activations and gradients of its largest step")
    package static let trainableParameters = MetricDefinition(
        name: "trainable_parameters", kind: .cost, unit: "", direction: .neutral,
        values: .positive,
        summary: "parameters that receive gradients")
    package static let trainingFlops = MetricDefinition(
        name: "training_flops", kind: .cost, unit: "FLOP", direction: .neutral,
        values: .positive,
        summary: "floating-point operations of the training steps so far")

    /// Every measure of a run whose log does not tell its own, in the order in which a screen offers
    /// them.
    package static let all: [MetricDefinition] = [
        trainingLoss, learningRate, gradientNorm, targetLoss, bitsPerByte, characterAccuracy,
        exactMatch, forgetting, retainedAccuracy, sourceLoss, accuracy, normalisedAccuracy,
        tokensPerSecond, evaluationSeconds, peakBytes, armBytes, trainableParameters, trainingFlops,
    ]
}
