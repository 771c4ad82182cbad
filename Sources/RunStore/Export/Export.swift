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
        guard run.state.isOver, schema.hasVerdict else { return table.text }
        let verdict = RunVerdict(on: run.state, in: run.folder)
        return VerdictRows(verdict: verdict, run: run.state).all.reduce(into: table.text) {
            $0 += $1.line(in: schema) + "\n"
        }
    }

    /// The run's summary, as in `summary.json`; with a verdict on what there is also of a run that is
    /// not over.
    package static func json(_ run: RecordedRun) throws -> String {
        let verdict = RunVerdict(on: run.state, in: run.folder)
        return String(
            decoding: try json(RunSummary(of: run.state, verdict: verdict)), as: UTF8.self)
    }

    /// Learning curves, forgetting curves and the learn-forget plane as one SVG picture.
    package static func svg(_ run: RecordedRun) -> String { RunPicture(run.state).svg }

    static func json(_ summary: RunSummary) throws -> Data {
        var data = try RunJSON.encoder(pretty: true).encode(summary)
        data.append(UInt8(ascii: "\n"))
        return data
    }
}
