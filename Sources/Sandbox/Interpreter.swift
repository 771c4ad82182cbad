import Foundation
import Platform

/// One of the two interpreters of a program, with what it is enclosed in.
///
/// The thread that starts it must outlive it: bubblewrap ends with that thread.
struct Interpreter {
    private let program: RunningProgram
    private let isEnclosed: Bool
    /// Where bubblewrap tells the first process inside; -1 without bubblewrap.
    private let report: Int32

    /// - Parameters:
    ///   - launcher: How interpreters are started here.
    ///   - source: What it executes.
    ///   - descriptors: Its open files 0 to 4.
    /// - Throws: `SystemReason` or `FileError` if there are not enough files or processes.
    init(
        _ launcher: InterpreterLauncher, _ source: InterpreterSource, descriptors: [Int32?]
    ) throws {
        let command = launcher.command(source)
        switch launcher.isolation {
        case .none:
            program = try Self.startNowhere(command, descriptors)
            (report, isEnclosed) = (-1, false)
        case .bubblewrap(let bubblewrap):
            let (filter, told) = (try DescriptorPair(), try DescriptorPair())
            defer { for end in [filter.reader, told.writer] { close(end) } }
            do {
                defer { close(filter.writer) }
                try Descriptor.write(bubblewrap.filter.program, to: filter.writer)
            }
            do {
                program = try Self.start(command, descriptors + [filter.reader, told.writer])
            } catch {
                close(told.reader)
                throw error
            }
            (report, isEnclosed) = (told.reader, true)
        }
    }

    /// Starts in a folder that is gone already, so that nothing can be left in it.
    private static func startNowhere(
        _ command: [String], _ descriptors: [Int32?]
    ) throws -> RunningProgram {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "lethe-\(UUID().uuidString)")
        guard mkdir(folder.path, 0o700) == 0 else { throw SystemReason.last }
        let line = "cd \"$0\" && rmdir \"$0\" && exec \"$@\""
        do {
            return try start(["sh", "-c", line, folder.path] + command, descriptors)
        } catch {
            rmdir(folder.path)
            throw error
        }
    }

    private static func start(
        _ command: [String], _ descriptors: [Int32?]
    ) throws(FileError) -> RunningProgram {
        var start = RunningProgram.Start(
            command, environment: PythonInterpreter.environment, descriptors: descriptors)
        start.isApart = true
        return try RunningProgram(start)
    }

    /// Ends it and everything that it may have started.
    ///
    /// - Parameter patience: Seconds in which it may still end by itself.
    /// - Returns: The status with which it ended by itself, or nil if it had to be ended.
    @discardableResult
    func end(patience: Double = 0) -> Int32? {
        defer { if report >= 0 { close(report) } }
        for attempt in 0...Int(patience * 1000) {
            if attempt > 0 { usleep(1000) }
            if let status = program.statusIfOver() {
                if !isEnclosed { program.send(SIGKILL, isToGroup: true) }
                return status
            }
        }
        // With the first process of a namespace the kernel ends all others; bubblewrap sees it.
        if let inner = innerProcess {
            kill(inner, SIGKILL)
        } else {
            program.send(SIGKILL, isToGroup: !isEnclosed)
        }
        _ = program.wait()
        return nil
    }

    /// The first process in the sandbox, by what bubblewrap tells before it lets that go on:
    /// `{"child-pid": 7, ...`.
    ///
    /// To wait for it matters: if bubblewrap is killed earlier, that process waits for it for ever.
    private var innerProcess: pid_t? {
        var told = pollfd(fd: report, events: Int16(POLLIN), revents: 0)
        guard report >= 0, poll(&told, 1, 5000) > 0 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 1024)
        let count = read(report, &buffer, buffer.count)
        let text = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        return text.firstMatch(of: /"child-pid": *(\d+)/).flatMap { pid_t($0.1) }
    }
}

/// How interpreters are started here.
struct InterpreterLauncher: Sendable {
    let isolation: Isolation
    private let commands: [InterpreterSource: [String]]

    init(_ isolation: Isolation, _ python: PythonInterpreter, _ limits: SandboxLimits) {
        self.isolation = isolation
        var commands: [InterpreterSource: [String]] = [:]
        for source in [InterpreterSource.worker, .tester] {
            let command = python.command(source.text, limits.arguments)
            commands[source] =
                switch isolation {
                case .bubblewrap(let bubblewrap):
                    bubblewrap.command(command, fileBytes: limits.fileBytes)
                case .none: command
                }
        }
        self.commands = commands
    }

    func command(_ source: InterpreterSource) -> [String] { commands[source] ?? [] }
}
