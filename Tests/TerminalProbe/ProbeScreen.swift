import Dashboard
import Foundation
import Terminal

/// Draws a grid that shows every glyph and style, writes its text to files, and obeys keys.
///
/// Writes `grid.txt` (the text of what was drawn last, after it was drawn), `capabilities.txt` and
/// `end.txt` to the folder.
final class ProbeScreen {
    private let session: TerminalSession
    private let folder: URL
    private var lastInput = "none"
    private var inputCount = 0

    init(session: TerminalSession, folder: URL) {
        self.session = session
        self.folder = folder
    }

    /// Returns the exit status.
    func run() -> Int32 {
        let capabilities = session.capabilities
        write("\(capabilities.glyphs) \(capabilities.hasColor)", to: "capabilities.txt")
        draw()
        while true {
            let input = session.nextInput(timeout: .milliseconds(100))
            if let signal = SignalWatch.pending { return end("signal", signal.exitCode) }
            switch input {
            case .timeout: continue
            case .hangUp: return end("hang-up", 129)
            case .resize: draw()
            case .keys(let keys):
                for key in keys {
                    count("\(key)")
                    if key == .character("q") { return 0 }
                    obey(key)
                }
                draw()
            case .paste(let text):
                count("paste \(text.count)")
                draw()
            case .pasteWithoutEnd:
                count("paste without end")
                draw()
            }
        }
    }

    private func end(_ reason: String, _ status: Int32) -> Int32 {
        write(reason, to: "end.txt")
        return status
    }

    private func count(_ input: String) {
        lastInput = input
        inputCount += 1
    }

    private func obey(_ key: Key) {
        switch key {
        case .control("z"): session.suspend()
        case .control("l"): session.redraw()
        case .character("e"): exit(7)
        case .character("t"): Thread { exit(8) }.start()
        case .character("f"): fatalError("asked to fail")
        case .character("a"): abort()
        case .character("s"): UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
        case .character("o"): _ = overflowStack(1)
        case .character("p"): makeNoise()
        default: break
        }
    }

    private func overflowStack(_ depth: Int) -> Int {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 1024) { block in
            block.initialize(repeating: depth)
            return overflowStack(depth &+ 1) &+ block[depth % 1024]
        }
    }

    private func makeNoise() {
        print("noise on standard output")
        FileHandle.standardError.write(Data("noise on standard error\n".utf8))
    }

    private func draw() {
        let (rows, columns) = session.size
        let grid = ProbeGrid.make(
            rows: rows, columns: columns, glyphs: session.capabilities.glyphs,
            message: "\(lastInput) \(inputCount)")
        session.draw(grid)
        write(grid.text, to: "grid.txt")
    }

    private func write(_ text: String, to name: String) {
        let data = Data(text.utf8)
        try? data.write(to: folder.appending(path: name), options: .atomic)
    }
}
