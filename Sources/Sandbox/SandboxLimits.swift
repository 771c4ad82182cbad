import Foundation

/// What a program may take.
///
/// Of processes it may have one: its own.
package struct SandboxLimits: Sendable, Equatable {
    /// For program and tests together; OpenAI's runner gives as much.
    package var wallSeconds = 3.0
    /// Addresses of each of the two interpreters; threads take theirs of them too.
    package var memoryBytes = 512 << 20
    /// The largest file, and all files together, where bubblewrap can limit them.
    package var fileBytes = 16 << 20
    /// What it may write to its standard output and standard error, which nobody reads.
    package var outputBytes = 4 << 20

    /// What waits longer than that for an interpreter does not get one.
    static let startSeconds = 20.0

    package init() {}

    /// Arguments for the interpreters, which limit themselves before they do anything else.
    var arguments: [String] {
        let bytes = ["AS": memoryBytes, "FSIZE": fileBytes, "NOFILE": 64, "CORE": 0]
        // More than all processors give in the time that is waited: it only ends those that nobody
        // waits for any more.
        let processors = ProcessInfo.processInfo.activeProcessorCount
        let seconds = (processors + 3) * Int(wallSeconds.rounded(.up))
        return bytes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            + ["CPU=\(seconds)"]
    }
}
