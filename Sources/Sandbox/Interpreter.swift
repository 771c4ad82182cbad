import Foundation
import Platform

/// One of the two interpreters of a program, with what it is enclosed in.
///
/// The thread that starts it must outlive it: bubblewrap ends with that thread.
struct Interpreter {
    private let program: RunningProgram
    /// Where it began without bubblewrap.
    private let folder: URL?
    /// Where bubblewrap tells the first process inside; -1 without bubblewrap.
    private let report: Int32

    /// - Parameters:
    ///   - launcher: How interpreters are started here.
    ///   - source: What it executes.
    ///   - descriptors: Its open files 0 to 3, and 5.
    /// - Throws: `SystemReason` or `FileError` if there are not enough files or processes.
    init(
        _ launcher: InterpreterLauncher, _ source: InterpreterSource, descriptors: [Int32?]
    ) throws {
        let (command, code) = launcher.start(of: source)
        var descriptors = descriptors
        descriptors.insert(code.file, at: InterpreterCode.descriptor)
        switch launcher.isolation {
        case .none:
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "lethe-\(UUID().uuidString)")
            program = try Self.start(command, descriptors, goingFrom: folder)
            (report, self.folder) = (-1, folder)
        case .bubblewrap(let bubblewrap):
            let filter = try Self.reader(of: bubblewrap.filter.program)
            defer { close(filter) }
            (program, report) = try Self.start(
                command, descriptors, filter: filter, under: bubblewrap.lastWill)
            folder = nil
        }
    }

    /// The end of a pipe in which data wait; no more than a pipe holds.
    private static func reader(of data: Data) throws(SystemReason) -> Int32 {
        let pipe = try DescriptorPair()
        defer { close(pipe.writer) }
        do {
            try Descriptor.write(data, to: pipe.writer)
            return pipe.reader
        } catch {
            close(pipe.reader)
            throw error
        }
    }

    /// Starts bubblewrap, and gives where it will tell the first process inside.
    private static func start(
        _ command: [String], _ descriptors: [Int32?], filter: Int32, under lastWill: LastWill
    ) throws -> (RunningProgram, report: Int32) {
        let told = try DescriptorPair()
        defer { close(told.writer) }
        do {
            let descriptors = descriptors + [filter, told.writer]
            return (try start(command, descriptors, in: .of(lastWill.executor)), told.reader)
        } catch {
            close(told.reader)
            throw error
        }
    }

    /// Starts in a folder that is removed before anything is executed, so that nothing can be left
    /// in it.
    private static func start(
        _ command: [String], _ descriptors: [Int32?], goingFrom folder: URL
    ) throws -> RunningProgram {
        guard mkdir(folder.path, 0o700) == 0 else { throw SystemReason.last }
        let line = "cd \"$0\" && rmdir \"$0\" && exec \"$@\""
        do {
            return try start(["sh", "-c", line, folder.path] + command, descriptors, in: .own)
        } catch {
            rmdir(folder.path)
            throw error
        }
    }

    private static func start(
        _ command: [String], _ descriptors: [Int32?], in group: RunningProgram.Group
    ) throws(FileError) -> RunningProgram {
        var start = RunningProgram.Start(
            command, environment: PythonInterpreter.environment, descriptors: descriptors)
        start.group = group
        return try RunningProgram(start)
    }

    /// Ends it and everything that it may have started.
    ///
    /// - Parameter patience: Seconds in which it may still end by itself.
    /// - Returns: The status with which it ended by itself, or nil if it had to be ended.
    @discardableResult
    func end(patience: Double = 0) -> Int32? {
        defer {
            if report >= 0 { close(report) }
            // It may have been ended before it did so itself.
            if let folder { rmdir(folder.path) }
        }
        for attempt in 0...Int(patience * 1000) {
            if attempt > 0 { usleep(1000) }
            if let status = program.statusIfOver() {
                if folder != nil { program.send(SIGKILL, isToGroup: true) }
                return status
            }
        }
        // With the first process of a namespace the kernel ends all others; bubblewrap sees it.
        if let inner = innerProcess {
            kill(inner, SIGKILL)
        } else {
            program.send(SIGKILL, isToGroup: folder != nil)
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
