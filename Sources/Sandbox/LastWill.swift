import Foundation
import Platform

/// What becomes of everything that bubblewrap has started when this process ends, in whatever way.
///
/// Bubblewrap ends with its parent (`--die-with-parent`), and the sandbox with bubblewrap, but not
/// while it starts: its first process waits to be let on by a bubblewrap that is no more, for ever,
/// and with it the interpreter that it is linked to. So all are in the group of a shell that waits for
/// the end of a pipe, which this process alone can write to, and then ends the whole group.
final class LastWill: Sendable {
    private static let words = "read -r end; kill -s KILL 0"

    /// The first of the group.
    let executor: RunningProgram
    /// The end of the pipe that nobody else has.
    private let life: Int32

    /// - Throws: `SandboxProblem` if the shell cannot be started.
    init() throws(SandboxProblem) {
        do {
            let pipe = try DescriptorPair()
            defer { close(pipe.reader) }
            life = pipe.writer
            do {
                executor = try Self.start(readingFrom: pipe.reader)
            } catch {
                close(pipe.writer)
                throw error
            }
        } catch {
            throw .broken("\(error)")
        }
    }

    private static func start(readingFrom pipe: Int32) throws(FileError) -> RunningProgram {
        var start = RunningProgram.Start(
            ["sh", "-c", words], environment: PythonInterpreter.environment,
            descriptors: [pipe, nil, nil])
        start.group = .own
        return try RunningProgram(start)
    }

    /// Ends the group.
    deinit {
        executor.send(SIGKILL, isToGroup: true)
        _ = executor.wait()
        close(life)
    }
}
