import Foundation
import RunEvents

/// Forms in which a run leaves lethe.
package enum Export {
    /// The run's table with its header, as in `metrics.csv` and on a headless run's output.
    package static func csv(_ history: RunHistory) -> String { table(of: history.events) }

    /// The run's summary, as in `summary.json`.
    package static func json(_ history: RunHistory) throws -> String {
        let summary = SummaryBuilder(after: history.events).summary
        return String(decoding: try json(summary), as: UTF8.self)
    }

    /// Learning curves, forgetting curves and the learn-forget plane as one SVG picture.
    package static func svg(_ history: RunHistory) -> String {
        RunPicture(SummaryBuilder(after: history.events)).svg
    }

    static func table(of events: some Sequence<StampedEvent>) -> String {
        var table = RunTable()
        var text = TableRow.header + "\n"
        for event in events {
            for row in table.rows(for: event) { text += row.line + "\n" }
        }
        return text
    }

    static func json(_ summary: RunSummary) throws -> Data {
        var data = try RunJSON.encoder(pretty: true).encode(summary)
        data.append(UInt8(ascii: "\n"))
        return data
    }
}
