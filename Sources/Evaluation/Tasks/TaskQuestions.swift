package import Datasets

/// A question with options.
package struct ChoiceQuestion: Sendable, Equatable {
    /// Where the options of a row come from.
    package enum Options: Sendable, Equatable {
        /// From a list that the row has.
        case list(TextTemplate)
        /// From one template each.
        case templates([TextTemplate])
    }

    /// What is scored, and after what.
    package enum Form: Sendable, Equatable {
        /// Each option after the same prompt.
        case options(prompt: TextTemplate)
        /// The same ending after each option, which are the contexts themselves.
        case contexts(ending: TextTemplate)
    }

    package let form: Form
    package let options: Options
    /// By which the right option is named; nil where it goes by its index, from 0.
    package let labels: Options?
    /// The label or the index of the right option.
    package let gold: TextTemplate
    /// `acc`, `acc_norm`, or both.
    package let metrics: [ChoiceMetric]
}

/// A number that is made of the likelihoods of options.
package enum ChoiceMetric: String, Sendable, CaseIterable {
    /// The share of items whose most likely option is the right one.
    case acc
    /// The same by log-likelihood per character of the option.
    case accNorm = "acc_norm"
}

/// A question that is answered with a text.
package struct WrittenQuestion: Sendable, Equatable {
    package let prompt: TextTemplate
    /// The gold answer; nil where the rows have none.
    package let answer: TextTemplate?
    /// The program that an answer becomes; nil where it is none.
    package let program: ProgramTemplate?
    /// Where an answer ends, beside the end of text.
    package let stops: [String]
    /// The most tokens of an answer.
    package let maximumTokens: Int
    package let metrics: [AnswerMetric]
}

/// What makes a program of an answer.
package struct ProgramTemplate: Sendable, Equatable {
    /// Text before the answer.
    package let start: TextTemplate
    /// Python statements behind it.
    package let tests: TextTemplate
}

/// A text of which the end is predicted.
package struct ContinuationQuestion: Sendable, Equatable {
    package let prompt: TextTemplate
    package let continuation: TextTemplate
}
