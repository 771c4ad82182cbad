import ArgumentParser
import Foundation

@main
struct Lethe: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "lethe",
        abstract: "Shows, live, what a model learns and what it forgets while it is fine-tuned.",
        version: version,
        subcommands: [
            RunStudyCommand.self, ResumeCommand.self, ViewCommand.self, VerdictCommand.self,
            ExportCommand.self, StudyCommand.self,
            EvalCommand.self, GenerateCommand.self, BenchCommand.self, ModelCommand.self,
            DataCommand.self, DoctorCommand.self, PretrainCommand.self,
        ],
        defaultSubcommand: RunStudyCommand.self)

    static func main() {
        Surroundings.prepare()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            Foundation.exit(Failure.end(with: error))
        }
    }
}
