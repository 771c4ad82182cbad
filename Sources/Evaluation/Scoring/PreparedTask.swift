/// A task's items, encoded for a model and ready to be scored.
package protocol PreparedTask: Sendable {
    var name: String { get }
    /// How many items the data have, of which some may have been left out.
    var total: Int { get }
    /// Stand for the items, in order; see `ItemHash`.
    var hashes: [UInt64] { get }
    /// The part of the task that each item belongs to, as a subject; all empty for a task of one file.
    var parts: [String] { get }
    /// What the model's context leaves out, in words.
    var remarks: [String] { get }
    /// The numbers that are made of the items.
    var measures: [TaskMeasure] { get }
    /// What scoring asks of a machine.
    var work: TaskWork { get }

    /// Scores a model.
    ///
    /// - Parameter context: The model and the memory to score it in.
    /// - Returns: What each item adds to each measure, and what that rests on.
    /// - Throws: What `context.progress` throws; `TensorError.outOfMemory`.
    func scores(_ context: ScoringContext) throws -> TaskScores
}

/// A number of a task: the ratio `Σ sums / Σ counts` over its items, or a function of that.
package struct TaskMeasure: Sendable, Equatable {
    /// What is told of the ratio.
    package enum Form: Sendable {
        case ratio
        /// `exp(ratio)`, as perplexities are.
        case exponential
    }

    /// What kind of number it is.
    package enum Quantity: Sendable {
        /// From 0 to 1, of which more is better.
        case share
        /// Nats per token.
        case loss
        /// Bits per byte.
        case bits
        /// How many.
        case count
    }

    package let name: String
    package let quantity: Quantity
    /// What it is, in a line.
    package let summary: String
    /// What each item counts for, whatever the model: 1, its tokens, its bytes, ...
    package let counts: [Int]
    package let form: Form

    package init(
        _ name: String, _ quantity: Quantity, counts: [Int], form: Form = .ratio, _ summary: String
    ) {
        self.name = name
        self.quantity = quantity
        self.counts = counts
        self.form = form
        self.summary = summary
    }

    /// A share of items.
    package init(share name: String, of items: Int, _ summary: String) {
        self.init(name, .share, counts: Array(repeating: 1, count: items), summary)
    }
}

/// What items add to the measures of a task.
package struct TaskScores: Sendable, Equatable {
    /// By measure, in their order, and by item.
    package var sums: [[Double]]
    /// What the model made of the items, in order.
    package var samples: [TaskSample]

    package init(sums: [[Double]], samples: [TaskSample]) {
        self.sums = sums
        self.samples = samples
    }
}

/// What scoring asks of a machine.
package struct TaskWork: Sendable, Equatable {
    /// Rows that a model computes to read all items.
    package var rows: Int
    /// Passes in which written answers grow by a token, at most.
    package var passes = 0

    package init(rows: Int, passes: Int = 0) {
        self.rows = rows
        self.passes = passes
    }
}

extension PreparedTask {
    package var count: Int { hashes.count }
    package var parts: [String] { hashes.map { _ in "" } }
    package var remarks: [String] { [] }

    /// What a part is called in tables and samples; the task itself without one.
    func name(ofPart part: String) -> String { part.isEmpty ? name : "\(name)_\(part)" }

    /// Scores a model and makes the numbers of it: those of every part, and of the whole.
    ///
    /// - Throws: What `context.progress` throws; `TensorError.outOfMemory`.
    package func score(_ context: ScoringContext) throws -> TaskResult {
        let scores = try scores(context)
        var names: [String] = []
        for part in parts where !part.isEmpty && names.last != part { names.append(part) }
        let ofParts = names.flatMap { part in
            metrics(
                of: scores, task: name(ofPart: part), parts.indices.filter { parts[$0] == part })
        }
        return TaskResult(
            metrics: ofParts + metrics(of: scores, task: name, Array(parts.indices)),
            samples: scores.samples)
    }

    private func metrics(
        of scores: TaskScores, task: String, _ items: [Int]
    ) -> [TaskResult.Metric] {
        zip(measures, scores.sums).map { measure, sums in
            let ratio = MeanScore(
                sums: items.map { sums[$0] }, counts: items.map { measure.counts[$0] })
            return TaskResult.Metric(
                task: task, name: measure.name,
                score: measure.form == .ratio ? ratio : ratio.exponential)
        }
    }
}

/// The scores of one task and what they rest on.
package struct TaskResult: Sendable, Equatable {
    /// A metric's name (`acc`, `exact_match`, ...) and its value.
    package struct Metric: Sendable, Equatable {
        /// The task, or one of its parts.
        package var task: String
        package var name: String
        package var score: MeanScore

        package init(task: String, name: String, score: MeanScore) {
            self.task = task
            self.name = name
            self.score = score
        }
    }

    package var metrics: [Metric]
    /// One for each item, in the order of the file.
    package var samples: [TaskSample]

    package init(metrics: [Metric], samples: [TaskSample]) {
        self.metrics = metrics
        self.samples = samples
    }
}
