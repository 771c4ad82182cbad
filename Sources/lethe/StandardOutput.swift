import Foundation

/// The stream for results, written without delay.
enum StandardOutput {
    /// - Throws: Foundation's error if the reader is gone.
    static func write(_ text: String) throws {
        try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }
}
