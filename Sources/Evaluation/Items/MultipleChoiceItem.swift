/// One question with options, as the log-likelihood requests that decide it.
///
/// - Reference: EleutherAI lm-evaluation-harness 0.4, output type `multiple_choice`: one request an
///   option, the continuation being a space and then the option.
package struct MultipleChoiceItem: Sendable, Equatable {
    /// Asks for the log-likelihood of `continuation` after `context`.
    package struct Request: Sendable, Equatable {
        package let context: String
        package let continuation: String

        package init(context: String, continuation: String) {
            self.context = context
            self.continuation = continuation
        }
    }

    /// One request for each option.
    package let requests: [Request]
    /// The index of the right option.
    package let gold: Int
    /// The Unicode code points of each option without the space before it; `acc_norm` divides by it.
    package let optionLengths: [Int]
    /// The part of the task that it belongs to; empty for a task of one file.
    package var part = ""

    /// A question whose options are scored after one context.
    /// - Precondition: `gold` is the index of an option.
    package init(context: String, options: [String], gold: Int, delimiter: String = " ") {
        precondition(options.indices.contains(gold), "gold \(gold) of \(options.count) options")
        requests = options.map { Request(context: context, continuation: delimiter + $0) }
        optionLengths = options.map(\.unicodeScalars.count)
        self.gold = gold
    }

    /// A question whose options stand in the context and are judged by the same text after it.
    /// - Precondition: `gold` is the index of a context.
    package init(contexts: [String], ending: String, gold: Int, delimiter: String = " ") {
        precondition(contexts.indices.contains(gold), "gold \(gold) of \(contexts.count) options")
        requests = contexts.map { Request(context: $0, continuation: delimiter + ending) }
        optionLengths = contexts.map { _ in ending.unicodeScalars.count }
        self.gold = gold
    }
}
