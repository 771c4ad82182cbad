import Dashboard
import Foundation
import RunEvents
import RunStore

extension Reader {
    /// What a run has left on disk.
    static let runs = [
        Reader(name: "events") { input, place in
            let url = try place.copy(of: "run", replacing: "events.jsonl", by: input)
            let folder = try RunFolder.open(url)
            let history = try RunStore.RunHistory.read(folder)
            draw(history.events)
            _ = Export.csv(history)
            _ = try Export.json(history)
            _ = Export.svg(history)
            _ = try history.resumePoint()
        },
        Reader(name: "follower") { input, place in
            let url = try place.copy(of: "run", replacing: "events.jsonl", by: input)
            draw(try RunFollower(try RunFolder.open(url)).poll().events)
        },
        Reader(name: "commands") { input, place in
            let url = try place.copy(of: "run", replacing: "commands.json", by: input)
            _ = try RunStore.RunHistory.read(try RunFolder.open(url)).resumePoint()
        },
    ]

    /// Shows events in every view, at a usual size and a small one.
    private static func draw(_ events: [StampedEvent]) {
        for (rows, columns) in [(30, 100), (9, 33)] {
            var model = DashboardModel(
                rows: rows, columns: columns,
                capabilities: ScreenCapabilities(glyphs: .braille, hasColor: true),
                isReadOnly: true)
            for event in events { _ = model.update(.event(event)) }
            for key in "vvyzxcmi".unicodeScalars {
                _ = model.view()
                _ = model.update(.key(.character(key)))
            }
            _ = model.view()
        }
    }
}
