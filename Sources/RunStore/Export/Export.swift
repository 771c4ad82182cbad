import Foundation
import RunEvents

/// Forms in which a run leaves lethe.
package enum Export {
    /// The run's table with its header; of the current schema as in `metrics.csv` and on a headless
    /// run's output.
    package static func csv(_ history: RunHistory, schema: TableSchema = .current) -> String {
        table(of: history.events, schema: schema)
    }

    /// The run's summary, as in `summary.json`.
    package static func json(_ history: RunHistory) throws -> String {
        let summary = RunSummary(of: RunState(after: history.events))
        return String(decoding: try json(summary), as: UTF8.self)
    }

    /// Learning curves, forgetting curves and the learn-forget plane as one SVG picture.
    package static func svg(_ history: RunHistory) -> String {
        RunPicture(RunState(after: history.events)).svg
    }

    static func table(
        of events: some Sequence<StampedEvent>, schema: TableSchema = .current
    ) -> String {
        var table = RunTable()
        var text = schema.header + "\n"
        for event in events {
            for row in table.rows(for: event) { text += row.line(in: schema) + "\n" }
        }
        return text
    }

    static func json(_ summary: RunSummary) throws -> Data {
        var data = try RunJSON.encoder(pretty: true).encode(summary)
        data.append(UInt8(ascii: "\n"))
        return data
    }
}
