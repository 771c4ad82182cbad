import ArgumentParser
import Evaluation

/// How `lethe eval` has answers written.
struct WritingOptions: ParsableArguments {
    @Option(help: "Written answers to each question; more than 1 need a temperature.")
    var answers = 1

    @OptionGroup
    var sampling: SamplingOptions

    func validate() throws {
        if !(1...10_000).contains(answers) {
            throw ValidationError("--answers \(answers): use 1 to 10000")
        }
        if answers > 1, sampling.temperature == 0 {
            throw ValidationError(
                "--answers \(answers): all of them would be equal; give a --temperature, such as 0.2"
            )
        }
    }

    /// What the options mean.
    var settings: AnswerWriting {
        AnswerWriting(samples: answers, sampler: sampling.sampler, seed: sampling.seed)
    }
}
