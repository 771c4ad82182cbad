/// What the timed steps of one way of training took; medians.
struct TrainingMeasurement {
    let method: String
    let rank: Int?
    let trainable: Int
    let batch: Int
    let sequence: Int
    let threads: Int
    /// Of a step.
    let seconds: Double
    /// Of the step's products alone; nil for methods whose products are not listed.
    let floorSeconds: Double?
    let forward: Double
    let backward: Double
    let optimizer: Double
    /// Floating-point operations of a step's products, attention included.
    let flops: Double
    let peakBytes: Int
    /// Memory that the system had to provide in a step.
    let freshBytes: Int

    static let caption = """
        Medians; milliseconds of a step. floor: tokens/s if a step were its products alone, \
        those of attention left out; forward: with the output head's gradients; fresh: memory \
        that the system had to provide in a step.
        """

    private var tokens: Double { Double(batch * sequence) }
    var tokensPerSecond: Double { tokens / seconds }

    /// The measurement as a row, with its speed as a share of another's where one is given.
    func row(comparedTo reference: TrainingMeasurement?) -> BenchmarkTable.Row {
        var row = BenchmarkTable.Row()
        row.add("method", "method", .text(method))
        row.add("rank", "rank", rank.map { .count($0) } ?? .missing)
        row.add("trainable", "trained", .count(trainable))
        row.add("batch", "batch", .count(batch))
        row.add("sequence", "sequence", .count(sequence))
        row.add("threads", "threads", .count(threads))
        row.add("tokens_per_second", "tokens/s", .number(tokensPerSecond, digits: 0))
        row.add(
            "floor_tokens_per_second", "floor",
            floorSeconds.map { .number(tokens / $0, digits: 0) } ?? .missing)
        row.add(
            "floor_share", "share",
            floorSeconds.map { .number($0 / seconds, digits: 2) } ?? .missing)
        if let reference {
            let ratio = tokensPerSecond / reference.tokensPerSecond
            row.add("lora_ratio", "of LoRA", .number(ratio, digits: 2))
        }
        row.add("forward_seconds", "forward", .seconds(forward))
        row.add("backward_seconds", "backward", .seconds(backward))
        row.add("optimizer_seconds", "optimiser", .seconds(optimizer))
        row.add("gigaflops", "GFLOP/s", .number(flops / seconds / 1e9, digits: 1))
        row.add("peak_bytes", "peak", .bytes(peakBytes))
        row.add("fresh_bytes_per_step", "fresh", .bytes(freshBytes))
        return row
    }
}
