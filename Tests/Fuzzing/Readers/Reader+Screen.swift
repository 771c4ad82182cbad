import Dashboard
import Foundation
import RunStore

@testable import Terminal

extension Reader {
    /// What a terminal sends.
    static let screen = [
        Reader(name: "keys") { input, place in
            var model = DashboardModel(
                rows: 24, columns: 80,
                capabilities: ScreenCapabilities(glyphs: .braille, hasColor: true))
            let folder = try RunFolder.open(place.specimens.appending(path: "run"))
            _ = model.update(.state(try RecordedRun.read(folder).state))
            var decoder = InputDecoder(KeySequences { _ in nil }, isUTF8: true)
            // No terminal sends 255: it stands between two reads.
            for (index, bytes) in input.split(separator: 255).enumerated() {
                _ = model.update(.tick(seconds: Double(index)))
                show(decoder.take(bytes) + decoder.expire(), on: &model)
                _ = model.update(
                    .resize(
                        rows: min(bytes.count * 3, 120), columns: Int(bytes[bytes.startIndex])))
            }
        }
    ]

    private static func show(_ items: [InputDecoder.Item], on model: inout DashboardModel) {
        for input in TerminalInput.inputs(items) {
            switch input {
            case .keys(let keys): for key in keys { _ = model.update(.key(key)) }
            case .paste(let text): _ = model.update(.paste(text))
            case .pasteWithoutEnd, .resize, .timeout, .hangUp: break
            }
            _ = model.view()
        }
    }
}
