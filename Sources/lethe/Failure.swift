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
}
