import ArgumentParser
import Models

/// How the tokens of a text are drawn.
struct SamplingOptions: ParsableArguments {
    private static let highestTemperature: Float = 100

    @Option(help: "0 takes the likeliest token; 1 draws as the model predicts.")
    var temperature: Float = 0

    @Option(help: "Draw from the likeliest tokens that have this much of the probability together.")
    var topP: Float = 1

    @Option(help: "Another seed draws other tokens.")
    var seed: UInt64 = 0

    func validate() throws {
        if !(temperature >= 0 && temperature <= Self.highestTemperature) {
            throw ValidationError("--temperature \(temperature): use a number from 0 to 100")
        }
        if !(topP > 0 && topP <= 1) {
            throw ValidationError("--top-p \(topP): use a number above 0, at most 1")
        }
        if topP < 1 && temperature == 0 {
            throw ValidationError("--top-p: without --temperature nothing is drawn; give both")
        }
    }

    /// What the options mean, but for the seed.
    var sampler: Sampler { Sampler(temperature: temperature, topP: topP) }
}
