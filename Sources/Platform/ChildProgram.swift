package import Foundation

/// Another program, run to its end.
///
/// It gets the signals' usual meaning back and no open file but its three streams.
package struct ChildProgram: Sendable {
    /// How a program ended and what it wrote.
    package struct Outcome: Sendable {
        /// Its exit status, or 128 + n after signal n.
        package let status: Int32
        /// Standard output, with standard error where that was asked for.
        package let output: Data
    }

    private let arguments: [String]
    private let environment: [String: String]
    private let joinsErrors: Bool

    /// - Parameters:
    ///   - arguments: The program, found on the path of `environment`, and its arguments.
    ///   - environment: The program's.
    ///   - joinsErrors: Whether its standard error is read too; else it is thrown away.
    package init(
        _ arguments: [String],
        environment: [String: String] = ProcessInfo.processInfo.environment,
        joinsErrors: Bool = false
    ) {
        self.arguments = arguments
        self.environment = environment
        self.joinsErrors = joinsErrors
    }

    /// Runs it.
    ///
    /// - Parameters:
    ///   - input: Its standard input; empty without one.
    ///   - limit: The most bytes that are read of it; a program that writes more is ended.
    /// - Returns: How it ended.
    /// - Throws: `FileError` if it cannot be started, or writes more.
    package func run(input: URL? = nil, limit: Int = .max) throws(FileError) -> Outcome {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw failure(SystemReason.last) }
        let (reader, writer) = (ends[0], ends[1])
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(reader) }
        let child = try spawn(output: writer, input: input)
        let output = Self.read(reader, limit: limit)
        if output == nil { kill(child, SIGTERM) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) == -1, errno == EINTR {}
        guard let output else { throw FileError("read", name, "it writes over \(limit) bytes") }
        let signal = status & 0x7F
        return Outcome(status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: output)
    }

    private var name: String { arguments.first ?? "" }

    private func failure(_ reason: SystemReason) -> FileError {
        FileError(
            "start", name, reason.words + "; is it installed, and are more processes allowed?")
    }

    private func spawn(output: Int32, input: URL?) throws(FileError) -> pid_t {
        defer { close(output) }
        let source = input ?? URL(filePath: "/dev/null")
        let reader = open(source.path, O_RDONLY | O_CLOEXEC)
        guard reader >= 0 else { throw .last("read", source) }
        defer { close(reader) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, reader, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        if joinsErrors {
            posix_spawn_file_actions_adddup2(&actions, output, 2)
        } else {
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        }
        var attributes = Self.signalsAsUsual()
        defer { posix_spawnattr_destroy(&attributes) }
        var child: pid_t = 0
        let code = withPointers(arguments) { arguments in
            withPointers(environment.map { "\($0)=\($1)" }) { environment in
                posix_spawn(&child, program, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw failure(SystemReason(code: code)) }
        return child
    }

    /// The program's path, by the path of its own environment.
    private var program: String {
        if name.contains("/") { return name }
        let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 } ?? name
    }

    private static func signalsAsUsual() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        var (none, ignored) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigemptyset(&ignored)
        for signal in [SIGPIPE, SIGXFSZ] { sigaddset(&ignored, signal) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &ignored)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        return attributes
    }

    private func withPointers<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers)
    }

    /// All that is written, or nil if it is more than `limit`.
    private static func read(_ descriptor: Int32, limit: Int) -> Data? {
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return data }
            guard data.count + count <= limit else { return nil }
            data.append(contentsOf: buffer[..<count])
        }
    }
}
