import ArgumentParser

@main
struct Lethe: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lethe",
        abstract: "Shows, live, what a model learns and what it forgets while it is fine-tuned.",
        subcommands: [PretrainCommand.self])
}
