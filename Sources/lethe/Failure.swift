import ArgumentParser

/// Turns any error into a message on standard error and the right exit code.
enum Failure {
    /// An option that only the model shows to be wrong is misuse as any other, told without the usage.
    ///
    /// - Throws: `ExitCode`.
    static func report(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let code as ExitCode {
            throw code
        } catch let usage as ValidationError {
            StandardError.write("lethe: \(usage.message)\n")
            throw ExitCode.validationFailure
        } catch {
            StandardError.write("lethe: \(error)\n")
            throw ExitCode(1)
        }
    }

    /// The same for commands that make files and folders: a signal ends them at once, but leaves
    /// nothing that is half made.
    ///
    /// - Throws: `ExitCode`.
    static func reportWhileMaking(_ body: () throws -> Void) throws {
        Interruption.clearsDrafts()
        try report(body)
    }

    /// Says what the parser of arguments has to say, help or misuse.
    ///
    /// - Returns: The process's exit code.
    static func end(with error: any Error) -> Int32 {
        let code = Lethe.exitCode(for: error)
        let text = Lethe.fullMessage(for: error)
        guard !text.isEmpty else { return code.rawValue }
        guard code.isSuccess else {
            StandardError.write(text + "\n")
            return code.rawValue
        }
        do {
            try report { try StandardOutput.write(text + "\n") }
            return code.rawValue
        } catch {
            return Lethe.exitCode(for: error).rawValue
        }
    }
}
