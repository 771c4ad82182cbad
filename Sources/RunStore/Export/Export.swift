import Foundation
import RunEvents

/// Forms in which a run leaves lethe.
package enum Export {
    /// The run's table with its header; of the current schema as in `metrics.csv` and on a headless
    /// run's output.
    ///
    /// - Throws: As `RecordedRun.read`.
    package static func csv(_ run: RecordedRun, schema: TableSchema = .current) throws -> String {
        var table = TableText(schema)
        try run.replay { table.add($0) }
        return table.text
    }

    /// The run's summary, as in `summary.json`.
    package static func json(_ run: RecordedRun) throws -> String {
        String(decoding: try json(RunSummary(of: run.state)), as: UTF8.self)
    }

    /// Learning curves, forgetting curves and the learn-forget plane as one SVG picture.
    package static func svg(_ run: RecordedRun) -> String { RunPicture(run.state).svg }

    static func json(_ summary: RunSummary) throws -> Data {
        var data = try RunJSON.encoder(pretty: true).encode(summary)
        data.append(UInt8(ascii: "\n"))
        return data
    }
}
