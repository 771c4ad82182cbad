import ArgumentParser
import Evaluation

/// How `lethe eval` has answers written.
struct WritingOptions: ParsableArguments {
    @Option(help: "Written answers to each question; more than 1 need a temperature.")
    var answers = 1

    @Option(help: "0 always takes the most likely token.")
    var temperature: Float = 0

    @Option(help: "Draw from the most likely tokens that have this share of the probability.")
    var topP: Float = 1

    @Option(help: "Another seed draws other answers.")
    var seed: UInt64 = 0

    func validate() throws {
        if !(1...10_000).contains(answers) {
            throw ValidationError("--answers \(answers): use 1 to 10000")
        }
        if !(temperature >= 0 && temperature.isFinite) {
            throw ValidationError("--temperature \(temperature): use 0 or more")
        }
        if !(topP > 0 && topP <= 1) {
            throw ValidationError("--top-p \(topP): use more than 0, and at most 1")
        }
        if answers > 1, temperature == 0 {
            throw ValidationError(
                "--answers \(answers): all of them would be equal; give a --temperature, such as 0.2"
            )
        }
    }

    /// What the options mean.
    var settings: AnswerWriting {
        AnswerWriting(samples: answers, temperature: temperature, topP: topP, seed: seed)
    }
}
