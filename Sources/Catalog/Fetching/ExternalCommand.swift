import Foundation
internal import Platform

/// A program to run and wait for, found on the `PATH` of an environment.
struct ExternalCommand {
    /// How a program ended and what it wrote to standard output and standard error together.
    struct Outcome {
        let status: Int32
        let output: String
    }

    let name: String
    let arguments: [String]
    let environment: [String: String]
    private let title: String
    private let executable: URL

    /// - Throws: `CatalogError.missingTool` if no such program is on the path; `package` is the
    ///   Debian package to install, `title` what errors call the command.
    init(
        _ name: String, _ arguments: [String], environment: [String: String], package: String,
        title: String? = nil
    ) throws(CatalogError) {
        let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        let candidates = folders.map { URL(filePath: "\($0)/\(name)") }
        guard
            let executable = candidates.first(where: {
                FileManager.default.isExecutableFile(atPath: $0.path)
            })
        else { throw .missingTool(name: name, package: package) }
        self.name = name
        self.arguments = arguments
        self.environment = environment
        self.title = title ?? ([name] + arguments).joined(separator: " ")
        self.executable = executable
    }

    /// Runs the program and waits for its end, whatever its status.
    func run(input: URL? = nil) throws(CatalogError) -> Outcome {
        let program = ChildProgram(
            [executable.path] + arguments, environment: environment, joinsErrors: true)
        do throws(FileError) {
            let outcome = try program.run(input: input)
            return Outcome(
                status: outcome.status, output: String(decoding: outcome.output, as: UTF8.self))
        } catch {
            throw .fileAccess(path: error.path, reason: "cannot \(error.action): \(error.reason)")
        }
    }

    /// Runs the program and returns what it wrote.
    ///
    /// - Throws: `CatalogError.commandFailed`, with the last line of output, if its status is not 0.
    @discardableResult
    func check(input: URL? = nil) throws(CatalogError) -> String {
        let outcome = try run(input: input)
        guard outcome.status == 0 else {
            let lines = outcome.output.split(whereSeparator: \.isNewline)
            throw .commandFailed(
                command: title, status: outcome.status,
                output: lines.last.map { String($0) } ?? "no message")
        }
        return outcome.output
    }
}
