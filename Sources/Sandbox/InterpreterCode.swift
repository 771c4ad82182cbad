import Foundation
import Platform

/// What the interpreters execute, compiled once, in a file without a name that all of them read.
final class InterpreterCode: Sendable {
    /// The number under which an interpreter has it.
    static let descriptor = 4
    /// Executes what is read there; its place in a shared file is nobody's.
    static let loader =
        "import marshal, os; code = os.pread(\(descriptor), 1 << 20, 0); os.close(\(descriptor)); "
        + "exec(marshal.loads(code))"

    /// The file here, open for reading alone.
    let file: Int32

    /// Compiles it.
    ///
    /// - Throws: `SandboxProblem` if that fails, or there is no place for a file.
    init(_ source: InterpreterSource, _ python: PythonInterpreter) throws(SandboxProblem) {
        let line =
            "import marshal, sys; sys.stdout.buffer.write(marshal.dumps("
            + "compile(sys.argv[1], '<\(source)>', 'exec')))"
        do {
            let compiler = ChildProgram(python.command(line, [source.text]))
            let outcome = try compiler.run(limit: 1 << 20)
            guard outcome.status == 0 else {
                throw SandboxProblem.broken("\(python.path) does not compile")
            }
            file = try Self.nameless(outcome.output)
        } catch {
            throw .broken("\(error)")
        }
    }

    deinit { close(file) }

    private static func nameless(_ data: Data) throws -> Int32 {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "lethe-\(UUID().uuidString)")
        let writer = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard writer >= 0 else { throw FileError.last("create", url) }
        defer { close(writer) }
        let reader = open(url.path, O_RDONLY | O_CLOEXEC)
        unlink(url.path)
        guard reader >= 0 else { throw FileError.last("read", url) }
        do {
            try Descriptor.write(data, to: writer)
        } catch {
            close(reader)
            throw error
        }
        return reader
    }
}
