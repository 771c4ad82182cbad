import Foundation
import Platform
import RunEvents
import RunStore

/// Rows on standard output that end, with one message, when they cannot be written any more; the run
/// and its files go on.
final class ForgivingStream: RunEventSink {
    private var stream: CSVStream?
    /// Why rows are missing, though somebody waits for them; nil if nobody does.
    private(set) var failure: MissingRows?

    /// Writes the header.
    ///
    /// - Throws: `FileError` if it cannot be written though there is a reader.
    init(after run: RunState) throws {
        do {
            stream = try CSVStream(descriptor: STDOUT_FILENO, after: run)
        } catch RunStoreError.streamClosed {
            tellClosed()
        } catch RunStoreError.system(let action, let stream, let code) {
            guard code == EBADF else {
                throw FileError(action, stream, SystemReason(code: code).description)
            }
            tellClosed()
        }
    }

    func receive(_ event: StampedEvent) { attempt { try $0.receive(event) } }

    /// Writes rows that no event makes.
    func write(_ rows: [TableRow]) { attempt { try $0.write(rows) } }

    private func attempt(_ body: (CSVStream) throws -> Void) {
        do {
            try stream.map(body)
        } catch RunStoreError.streamClosed {
            tellClosed()
        } catch {
            stream = nil
            failure = MissingRows(reason: "\(error)")
            StandardError.write("lethe: \(error); the run goes on, its rows are in metrics.csv\n")
        }
    }

    private func tellClosed() {
        stream = nil
        StandardError.write("lethe: \(RunStoreError.streamClosed)\n")
    }
}

/// The run came to its end, but not all of its rows to standard output.
struct MissingRows: Error, CustomStringConvertible {
    let reason: String

    var description: String { "\(reason); the rows that are missing are in metrics.csv" }
}
