import Foundation
import TestSupport

/// The program in a session of its own, with a bubblewrap that marks what it starts, so that every
/// process of it can be found, whoever its parent is.
struct WatchedSession {
    let process: LetheProcess
    private let mark: String

    /// - Parameters:
    ///   - arguments: Of the program.
    ///   - folder: Where it works; temporary files of its own are below `temporary`.
    ///   - more: A line of the shell before bubblewrap is started, and options for that.
    /// - Throws: What files and processes throw.
    init(
        _ arguments: [String], in folder: ProgramFolder, more: (line: String, options: String)
    ) throws {
        mark = "LETHE_TEST_\(UUID().uuidString)"
        for name in ["bin", "temporary"] {
            try FileManager.default.createDirectory(
                atPath: folder.path(name), withIntermediateDirectories: true)
        }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let script = """
            #!/bin/sh
            PATH='\(path)'
            \(more.line)
            exec bwrap --setenv \(mark) x \(more.options) "$@"
            """
        let bubblewrap = folder.url.appending(path: "bin/bwrap")
        try Data(script.utf8).write(to: bubblewrap)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: bubblewrap.path)
        let surroundings = [
            "PATH=\(folder.path("bin")):\(path)", "TMPDIR=\(folder.path("temporary"))",
        ]
        process = try LetheProcess(
            command: ["setsid", "env"] + folder.environment + surroundings
                + [LetheProcess.executable] + arguments, in: folder.url)
    }

    /// The names of all its processes that are not over, by the numbers of their parents.
    var processes: [(parent: pid_t, name: String)] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return numbers.compactMap { pid_t($0) }.compactMap { number in
            guard let stat = Self.text("/proc/\(number)/stat"),
                let start = stat.firstIndex(of: "("), let end = stat.lastIndex(of: ")")
            else { return nil }
            let words = stat[end...].split(separator: " ").dropFirst()
            guard let state = words.first, state != "Z",
                let parent = words.dropFirst().first.flatMap({ pid_t($0) }),
                words.dropFirst(3).first == "\(process.identifier)"
                    || Self.text("/proc/\(number)/environ")?.contains(mark) == true
            else { return nil }
            return (parent, String(stat[stat.index(after: start)..<end]))
        }
    }

    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Waits until its processes are as they are wanted.
    ///
    /// - Returns: False if they were not within the time.
    func wait(
        seconds: Double = 30, until condition: ([(parent: pid_t, name: String)]) -> Bool
    ) -> Bool {
        LetheProcess.poll(seconds: seconds) {
            if condition(processes) { return true }
            usleep(20_000)
            return false
        }
    }
}
