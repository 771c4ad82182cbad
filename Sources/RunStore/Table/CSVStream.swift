import Foundation
import Platform
package import RunEvents

/// Writes a run's table to a file descriptor while the run goes on, one write per row.
///
/// What a terminal would obey is made visible on one; files and pipes get the data as they are.
///
/// Creating a stream makes the process ignore SIGPIPE, so that a closed pipe is an error here and
/// not the end of training.
package final class CSVStream: RunEventSink {
    private let descriptor: Int32
    private let isTerminal: Bool
    private var table: RunTable
    /// True once the reader is gone; later events are dropped without a further error.
    package private(set) var isClosed = false

    /// Writes the header at once.
    ///
    /// - Parameters:
    ///   - descriptor: An open file, which stays the caller's to close.
    ///   - run: What a resumed run has said already; it makes no rows again.
    /// - Throws: as `receive`.
    package init(descriptor: Int32, after run: RunState = RunState()) throws {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) != 0
        table = RunTable(after: run)
        signal(SIGPIPE, SIG_IGN)
        try write(TableSchema.current.header)
    }

    /// Writes the event's rows.
    ///
    /// - Throws: `RunStoreError.streamClosed` once, when the reader goes away;
    ///   `RunStoreError.system` for other failures.
    package func receive(_ event: StampedEvent) throws {
        try write(table.rows(for: event))
    }

    /// Writes rows that no event makes: those of the verdict.
    ///
    /// - Throws: As `receive`.
    package func write(_ rows: [TableRow]) throws {
        if isClosed { return }
        for row in rows { try write(row.line()) }
    }

    private func write(_ line: String) throws {
        do {
            let shown = isTerminal ? line.visible : line
            try writeAll(Data((shown + "\n").utf8), to: descriptor, path: "standard output")
        } catch RunStoreError.streamClosed {
            isClosed = true
            throw RunStoreError.streamClosed
        }
    }
}
