import ArgumentParser

/// Turns any error into a message on standard error and the right exit code.
enum Failure {
    /// - Throws: `ExitCode`.
    static func report(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let code as ExitCode {
            throw code
        } catch {
            StandardError.write("lethe: \(error)\n")
            throw ExitCode(1)
        }
    }
}
