import Foundation
import TestSupport
import Testing

/// The program itself as a process, with what it writes in files.
struct LetheProcess {
    let identifier: pid_t
    private let outputFile: URL
    private let errorFile: URL

    /// The program, which is built beside the tests.
    static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "lethe").path

    private static let closeAndRun = """
        for path in /proc/$$/fd/*; do
            fd=${path##*/}
            [ "$fd" -gt 2 ] && eval "exec $fd>&-"
        done
        cd "$1"; shift
        exec "$@"
        """

    /// Starts the program with neither terminal nor input.
    ///
    /// - Parameters:
    ///   - arguments: Of the program.
    ///   - folder: Where it works, and where its output goes to `<name>.out` and `<name>.err`.
    ///   - environment: Additions to the environment, as `NAME=value`.
    ///   - output: Another place for standard output.
    /// - Throws: `POSIXError` if it cannot be started.
    init(
        _ arguments: [String], in folder: URL, environment: [String] = [], output: String? = nil
    ) throws {
        try self.init(
            command: ["env", "SWIFT_BACKTRACE=enable=no"] + environment + [Self.executable]
                + arguments, in: folder, output: output)
    }

    /// Starts any command, in the same way.
    init(command: [String], in folder: URL, output: String? = nil) throws {
        let name = UUID().uuidString
        outputFile = URL(filePath: output ?? folder.appending(path: "\(name).out").path)
        errorFile = folder.appending(path: "\(name).err")
        identifier = try Self.spawn(
            ["bash", "-c", Self.closeAndRun, "bash", folder.path] + command,
            output: outputFile.path, errors: errorFile.path)
    }

    private static func spawn(
        _ command: [String], output: String, errors: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for (descriptor, path) in [(1, output), (2, errors)] {
            posix_spawn_file_actions_addopen(
                &actions, Int32(descriptor), path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var pointers = command.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var identifier: pid_t = 0
        let reason = posix_spawnp(&identifier, "bash", &actions, &attributes, &pointers, environ)
        guard reason == 0 else { throw POSIXError(.init(rawValue: reason) ?? .ENOENT) }
        return identifier
    }

    /// What it has written to standard output so far.
    var output: String { Self.text(outputFile) }
    /// What it has written to standard error so far.
    var errors: String { Self.text(errorFile) }

    private static func text(_ file: URL) -> String {
        (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    func send(_ signal: Int32) { kill(identifier, signal) }

    /// Waits for its end: the exit status as a shell gives it, 128 + n after signal n.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) == -1, errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    /// Looks every few milliseconds whether something has come to be.
    ///
    /// - Returns: False if it did not within the time.
    static func poll(seconds: Double = 30, _ condition: () throws -> Bool) rethrows -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if try condition() { return true }
            usleep(1_000)
        }
        return false
    }
}

/// What a finished process leaves behind.
struct LetheResult {
    let status: Int32
    let output: String
    let errors: String

    /// Runs the program to its end.
    init(
        _ arguments: [String], in folder: URL, environment: [String] = [], output: String? = nil
    ) throws {
        let process = try LetheProcess(
            arguments, in: folder, environment: environment, output: output)
        status = process.wait()
        self.output = output == nil ? process.output : ""
        errors = process.errors
    }
}

extension LetheResult {
    /// Checks that it gave nothing but one line of errors, with `message` in it.
    func expectFailure(
        _ message: String, status: Int32 = 1, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(self.status == status, "\(errors)", sourceLocation: sourceLocation)
        #expect(output.isEmpty, sourceLocation: sourceLocation)
        #expect(errors.hasPrefix("lethe: "), "\(errors)", sourceLocation: sourceLocation)
        #expect(errors.contains(message), "\(errors)", sourceLocation: sourceLocation)
        let lines = errors.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 2, "\(errors)", sourceLocation: sourceLocation)
    }

    /// Checks that it gave nothing but a usage error with `message` in it.
    func expectMisuse(_ message: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(status == 64, "\(errors)", sourceLocation: sourceLocation)
        #expect(output.isEmpty, sourceLocation: sourceLocation)
        #expect(errors.hasPrefix("Error: "), "\(errors)", sourceLocation: sourceLocation)
        #expect(errors.contains(message), "\(errors)", sourceLocation: sourceLocation)
        #expect(errors.contains("\nUsage: lethe "), "\(errors)", sourceLocation: sourceLocation)
    }
}
