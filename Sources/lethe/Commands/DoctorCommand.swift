import ArgumentParser

/// `lethe doctor`: what this machine has.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show what this machine has and what would make it better.")

    func run() throws {
        try Failure.report {
            let groups = [
                MachineFindings.all, TerminalFindings.all, ProgramFindings.all, DataFindings.all,
            ]
            try StandardOutput.write(Finding.text(of: groups.flatMap { $0 }))
        }
    }
}
