import ArgumentParser
import Studies

/// The options that change a study for one command.
struct StudyChanges: ParsableArguments {
    @Option(help: "Use this one seed instead of the study's.")
    var seed: Int?

    @Option(help: "Train every arm for this many steps.")
    var steps: Int?

    @Option(help: "Take only these arms, separated by commas.")
    var arms: String?

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: "Change a key of the study, as in train.batch_size=8; repeatable.")
    var settings: [String] = []

    var overrides: StudyOverrides {
        StudyOverrides(
            settings: settings, seed: seed, steps: steps,
            arms: arms?.split(separator: ",").map(String.init))
    }
}
