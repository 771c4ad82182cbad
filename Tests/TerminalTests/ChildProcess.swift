import Foundation

/// A command with its output in a file.
///
/// Unlike Foundation's `Process` it passes no other descriptor on, so a server that the command
/// leaves behind (tmux) keeps nobody waiting. No signal is blocked, as it may be on our threads.
struct ChildProcess {
    let identifier: pid_t
    private let outputFile: URL

    private static let closeAndRun = """
        for path in /proc/$$/fd/*; do
            fd=${path##*/}
            [ "$fd" -gt 2 ] && eval "exec $fd>&-"
        done
        exec "$@"
        """

    /// Starts a command that is looked up in PATH, with standard error and output in one file.
    init(_ arguments: [String], output: URL) throws {
        outputFile = output
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 1, output.path, flags, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let command = ["bash", "-c", Self.closeAndRun, "bash"] + arguments
        var pointers = command.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var identifier: pid_t = 0
        let reason = posix_spawnp(&identifier, "bash", &actions, &attributes, &pointers, environ)
        guard reason == 0 else { throw POSIXError(.init(rawValue: reason) ?? .ENOENT) }
        self.identifier = identifier
    }

    /// What the command has written so far.
    var output: String {
        (try? Data(contentsOf: outputFile)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The exit status as a shell gives it (128 + n after signal n); nil while the command runs.
    ///
    /// Asks the system, so ask no more after the first answer.
    func status(wait: Bool) -> Int32? {
        var status: Int32 = 0
        guard waitpid(identifier, &status, wait ? 0 : WNOHANG) == identifier else { return nil }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}
