import ArgumentParser

/// Turns any error into a message on standard error and the right exit code.
enum Failure {
    /// - Throws: `ExitCode`, or the `ValidationError` of a wrong option.
    static func report(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let code as ExitCode {
            throw code
        } catch let usage as ValidationError {
            throw usage
        } catch {
            StandardError.write("lethe: \(error)\n")
            throw ExitCode(1)
        }
    }
}
