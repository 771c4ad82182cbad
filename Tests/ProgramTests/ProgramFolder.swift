import Foundation
import StudySamples
import TestSupport

/// A working directory for the program, with the small study as its embedded data.
struct ProgramFolder {
    let url: URL
    let small: SmallStudy

    static func with(_ body: (ProgramFolder) throws -> Void) throws {
        try withFastFolder { folder in
            let work = folder.appending(path: "work")
            try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
            try body(ProgramFolder(url: work, small: SmallStudy(in: folder)))
        }
    }

    /// The small study's data, and caches and fetched data of its own.
    var environment: [String] { variables.map { "\($0)=\($1)" } }

    private var variables: [String: String] {
        [
            "LETHE_DATASETS": small.datasets.path, "LETHE_DATA": path("data"),
            "XDG_CACHE_HOME": path("cache"),
        ]
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func text(_ name: String) throws -> String {
        try String(contentsOf: url.appending(path: name), encoding: .utf8)
    }

    func start(_ arguments: String..., output: String? = nil) throws -> LetheProcess {
        try LetheProcess(arguments, in: url, environment: environment, output: output)
    }

    func run(_ arguments: String..., output: String? = nil) throws -> LetheResult {
        try LetheResult(arguments, in: url, environment: environment, output: output)
    }

    /// Runs a line of bash in which `lethe` is the program.
    func shell(_ line: String) throws -> (status: Int32, output: String, errors: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        let program = "lethe() { '\(LetheProcess.executable)' \"$@\"; }; "
        process.arguments = ["-c", program + line]
        process.currentDirectoryURL = url
        process.environment = ProcessInfo.processInfo.environment.merging(
            variables
        ) { $1 }
        let (output, errors) = (path("shell.out"), path("shell.err"))
        for file in [output, errors] { try Data().write(to: URL(filePath: file)) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try text("shell.out"), try text("shell.err"))
    }
}
