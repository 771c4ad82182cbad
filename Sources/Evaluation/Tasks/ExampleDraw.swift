/// Draws the examples of one question after the other.
///
/// - Reference: lm-evaluation-harness 0.4.13, `ContextSampler.sample` and `FirstNSampler.sample`: one
///   generator for all questions of a task, seeded with 1234.
struct ExampleDraw {
    private let examples: [Example]
    private let order: TaskExamples.Order
    private let spare: Int
    private var random = PythonRandom(seed: TaskExamples.seed)

    /// A solved row.
    struct Example: Sendable {
        let text: String
        /// What the row is made of.
        let identity: String
    }

    init(_ examples: [Example], _ declaration: TaskExamples, spare: Int) {
        self.examples = examples
        order = declaration.order
        self.spare = spare
    }

    /// How many examples a question can have.
    var largestCount: Int { examples.count - spare }

    /// The texts of the examples of the next question.
    ///
    /// - Precondition: `count` is at most ``largestCount``.
    mutating func next(_ count: Int, besides identity: String) -> [String] {
        if count == 0 { return [] }
        let isOther = { [spare] (example: Example) in
            spare == 0 || example.identity != identity
        }
        switch order {
        case .first: return examples.lazy.filter(isOther).prefix(count).map(\.text)
        case .drawn:
            let drawn = random.sample(count + spare, of: examples.count).map { examples[$0] }
            let kept = drawn.filter(isOther)
            if kept.count >= count { return kept.prefix(count).map(\.text) }
            // The question stands among the rows more than once.
            let others = examples.filter(isOther)
            return random.sample(min(count, others.count), of: others.count).map { others[$0].text }
        }
    }
}
