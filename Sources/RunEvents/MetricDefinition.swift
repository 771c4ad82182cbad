/// What a metric means: its unit, which way is better, and how it is computed.
package struct MetricDefinition: Sendable, Equatable {
    package enum Direction: Sendable { case higherIsBetter, lowerIsBetter, neutral }

    /// Which values it can take, which decides the axes that suit it.
    package enum Values: Sendable {
        /// Above 0 and without an upper end: ratios tell.
        case positive
        /// From 0 to 1.
        case share
        /// On both sides of 0, or down to 0 by plan: differences tell.
        case signed
    }

    /// The name in the CSV's `metric` column.
    package let name: String
    package let kind: ObservationKind
    package let unit: String
    package let direction: Direction
    package let values: Values
    package let summary: String

    /// Every metric that lethe records.
    package static let all: [MetricDefinition] = [
        .init(
            name: "loss", kind: .train, unit: "nats/token", direction: .lowerIsBetter,
            values: .positive,
            summary: "mean cross-entropy of the batch over the tokens that carry loss"),
        .init(
            name: "learning_rate", kind: .train, unit: "", direction: .neutral, values: .signed,
            summary: "learning rate of the step"),
        .init(
            name: "gradient_norm", kind: .train, unit: "", direction: .neutral, values: .positive,
            summary: "L2 norm of all gradients before clipping"),
        .init(
            name: "loss", kind: .target, unit: "nats/token", direction: .lowerIsBetter,
            values: .positive,
            summary: "cross-entropy of the evaluation records' gold answers"),
        .init(
            name: "bits_per_byte", kind: .target, unit: "bits/byte", direction: .lowerIsBetter,
            values: .positive,
            summary: "bits needed per UTF-8 byte of the gold answers"),
        .init(
            name: "exact_match", kind: .target, unit: "", direction: .higherIsBetter,
            values: .share,
            summary: "share of evaluation records whose greedy answer equals the gold answer"),
        .init(
            name: "character_accuracy", kind: .target, unit: "", direction: .higherIsBetter,
            values: .share,
            summary: "share of the gold answers' characters that the greedy answers have at the "
                + "same place; 0.098 by chance for uuid"),
        .init(
            name: "acc", kind: .source, unit: "", direction: .higherIsBetter, values: .share,
            summary: "share of items whose best option by summed log-likelihood is right"),
        .init(
            name: "acc_norm", kind: .source, unit: "", direction: .higherIsBetter, values: .share,
            summary: "as acc, with the log-likelihood divided by the option's characters"),
        .init(
            name: "retained_accuracy", kind: .source, unit: "", direction: .higherIsBetter,
            values: .share,
            summary: "unweighted mean of acc over the source tasks; higher means forgot less"),
        .init(
            name: "loss", kind: .source, unit: "nats/token", direction: .lowerIsBetter,
            values: .positive,
            summary: "cross-entropy of the held-out source text"),
        .init(
            name: "forgetting", kind: .source, unit: "nats/token", direction: .lowerIsBetter,
            values: .signed,
            summary: "rise of the held-out text's loss over the base model's; positive is worse"),
        .init(
            name: "tokens_per_second", kind: .cost, unit: "tokens/s", direction: .higherIsBetter,
            values: .positive,
            summary: "training tokens per second of training time in the slice"),
        .init(
            name: "evaluation_seconds", kind: .cost, unit: "s", direction: .lowerIsBetter,
            values: .positive,
            summary: "time the evaluation point took"),
        .init(
            name: "peak_bytes", kind: .cost, unit: "bytes", direction: .lowerIsBetter,
            values: .positive,
            summary: "largest resident size of the process so far"),
        .init(
            name: "trainable_parameters", kind: .cost, unit: "", direction: .neutral,
            values: .positive,
            summary: "parameters that receive gradients"),
        .init(
            name: "training_flops", kind: .cost, unit: "FLOP", direction: .neutral,
            values: .positive,
            summary: "floating-point operations of the training steps so far"),
    ]

    /// The definition of a recorded number, or nil for a name this version does not know.
    package static func of(kind: ObservationKind, metric: String) -> MetricDefinition? {
        all.first { $0.kind == kind && $0.name == metric }
    }
}
