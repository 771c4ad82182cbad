import Dashboard
import Foundation
import RunStore
import Terminal

extension Reader {
    /// What a terminal sends.
    static let screen = [
        Reader(name: "keys") { input, place in
            var model = DashboardModel(
                rows: 24, columns: 80,
                capabilities: ScreenCapabilities(glyphs: .braille, hasColor: true))
            let folder = try RunFolder.open(place.specimens.appending(path: "run"))
            for event in try RunStore.RunHistory.read(folder).events {
                _ = model.update(.event(event))
            }
            for (index, byte) in input.enumerated() {
                press(byte, index, &model)
                _ = model.view()
            }
        }
    ]

    /// Takes a byte for a character, a key of the terminal or a change of the size.
    private static func press(_ byte: UInt8, _ index: Int, _ model: inout DashboardModel) {
        _ = model.update(.tick(seconds: Double(index)))
        switch byte {
        case 0..<128:
            if let key = Key(terminalScalar: UInt32(byte)) { _ = model.update(.key(key)) }
        case 128..<192:
            if let key = Key(terminalKey: UInt32(byte) - 128) { _ = model.update(.key(key)) }
        default:
            let size = Int(byte) - 192
            _ = model.update(.resize(rows: size / 2, columns: size * 3))
        }
    }
}
