import Dashboard
import Foundation
import RunEvents
import RunStore

extension Reader {
    /// What a run has left on disk.
    static let runs = [
        Reader(name: "events") { input, place in
            let url = try place.copy(of: "run", replacing: "events.jsonl", by: input)
            try read(try RunFolder.open(url))
        },
        Reader(name: "follower") { input, place in
            let url = try place.copy(of: "run", replacing: "events.jsonl", by: input)
            if let state = try RunFollower(try RunFolder.open(url)).poll().state { draw(state) }
        },
        Reader(name: "commands") { input, place in
            let url = try place.copy(of: "run", replacing: "commands.json", by: input)
            _ = try RunFolder.open(url).resumePoint()
        },
    ]

    private static func read(_ folder: RunFolder) throws {
        let run = try RecordedRun.read(folder)
        draw(run.state)
        _ = try Export.csv(run)
        _ = try Export.json(run)
        _ = Export.svg(run)
        _ = try folder.resumePoint()
    }

    /// Shows a run in every view, at a usual size and a small one.
    private static func draw(_ state: RunState) {
        for (rows, columns) in [(30, 100), (9, 33)] {
            var model = DashboardModel(
                rows: rows, columns: columns,
                capabilities: ScreenCapabilities(glyphs: .braille, hasColor: true),
                isReadOnly: true)
            _ = model.update(.state(state))
            for key in "vvyzxcmi".unicodeScalars {
                _ = model.view()
                _ = model.update(.key(.character(key)))
            }
            _ = model.view()
        }
    }
}
