import ArgumentParser

/// `lethe bench`: how fast this machine is.
struct BenchCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure matrix products, training, evaluation or generation on this machine.",
        subcommands: [
            BenchGemmCommand.self, BenchTrainCommand.self, BenchEvalCommand.self,
            BenchGenerateCommand.self,
        ],
        defaultSubcommand: BenchTrainCommand.self)
}
