import Foundation

/// Another program that runs beside this one until it is waited for.
///
/// It gets the signals' usual meaning back, and no open file but those that it is given.
package struct RunningProgram: Sendable {
    /// Which programs get the signals that are sent to a group together with it.
    package enum Group: Sendable {
        /// Those that get them together with this one.
        case ours
        /// Those that it starts itself; the keys that interrupt this program at its terminal do not
        /// reach it.
        case own
        /// Those of another program, which was started with a group of its own.
        case of(RunningProgram)
    }

    /// What a program is started with.
    package struct Start: Sendable {
        /// The program, found on the path of `environment`, and its arguments.
        package var arguments: [String]
        package var environment: [String: String]
        /// The program's open files 0, 1, 2 ...: ours, or `/dev/null` where there is none.
        package var descriptors: [Int32?]
        package var group = Group.ours

        package init(
            _ arguments: [String], environment: [String: String], descriptors: [Int32?]
        ) {
            self.arguments = arguments
            self.environment = environment
            self.descriptors = descriptors
        }
    }

    /// Its number among the system's processes; that of its group too, if it has its own.
    fileprivate let process: pid_t

    /// Starts a program.
    ///
    /// - Throws: `FileError` if it cannot be started.
    package init(_ start: Start) throws(FileError) {
        // Out of the way of the numbers that they get, whatever the order.
        var sources: [Int32] = []
        defer { for source in sources { close(source) } }
        for descriptor in start.descriptors {
            let copy =
                descriptor.map { fcntl($0, F_DUPFD_CLOEXEC, 64) }
                ?? open("/dev/null", O_RDWR | O_CLOEXEC)
            guard copy >= 0 else { throw start.failure(.last) }
            sources.append(copy)
        }
        process = try start.spawn(sources)
    }

    /// Sends a signal; to all of the group that is its own, where `isToGroup` says so.
    package func send(_ signal: Int32, isToGroup: Bool = false) {
        kill(isToGroup ? -process : process, signal)
    }

    /// Waits for its end.
    ///
    /// - Returns: Its exit status, or 128 + n after signal n.
    package func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1, errno == EINTR {}
        return Self.code(status)
    }

    /// What `wait` returns, or nil if it still runs.
    ///
    /// Not to be waited for again once it has ended.
    package func statusIfOver() -> Int32? {
        var status: Int32 = 0
        return waitpid(process, &status, WNOHANG) == process ? Self.code(status) : nil
    }

    private static func code(_ status: Int32) -> Int32 {
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}

extension RunningProgram.Start {
    fileprivate func failure(_ reason: SystemReason) -> FileError {
        FileError(
            "start", arguments.first ?? "",
            reason.words + "; is it installed, and are more processes allowed?")
    }

    fileprivate func spawn(_ sources: [Int32]) throws(FileError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, source) in sources.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, source, Int32(number))
        }
        var attributes = signalsAsUsual()
        defer { posix_spawnattr_destroy(&attributes) }
        var child: pid_t = 0
        let code = Self.withPointers(arguments) { arguments in
            Self.withPointers(environment.map { "\($0)=\($1)" }) { environment in
                Descriptor.betweenStarts {
                    Descriptor.keepAllToThisProgram()
                    return posix_spawn(
                        &child, program, &actions, &attributes, arguments, environment)
                }
            }
        }
        guard code == 0 else { throw failure(SystemReason(code: code)) }
        return child
    }

    /// The program's path, by the path of its own environment.
    private var program: String {
        let name = arguments.first ?? ""
        if name.contains("/") { return name }
        let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 } ?? name
    }

    private func signalsAsUsual() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        var (none, ignored) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigemptyset(&ignored)
        for signal in [SIGPIPE, SIGXFSZ] { sigaddset(&ignored, signal) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &ignored)
        var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        if let leader {
            posix_spawnattr_setpgroup(&attributes, leader)
            flags |= Int32(POSIX_SPAWN_SETPGROUP)
        }
        posix_spawnattr_setflags(&attributes, Int16(flags))
        return attributes
    }

    /// The number of its group, 0 for its own; nil for ours.
    private var leader: pid_t? {
        switch group {
        case .ours: nil
        case .own: 0
        case .of(let program): program.process
        }
    }

    private static func withPointers<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers)
    }
}
