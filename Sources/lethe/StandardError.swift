import Foundation
import Platform

/// The stream for progress and messages; numbers go to standard output.
///
/// Nothing that only informs ends a run or holds it up: what cannot be written is lost.
enum StandardError {
    /// Writes a message; what a terminal would obey in it is made visible.
    static func write(_ text: String) { send(text.visible) }

    /// Writes text whose control characters are meant.
    static func send(_ text: String) {
        Descriptor.tell(Data(text.utf8), to: STDERR_FILENO)
    }
}
