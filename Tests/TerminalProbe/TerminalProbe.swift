import Foundation
import Terminal

/// `TerminalProbe FOLDER` opens a session and obeys keys; `TerminalProbe --headless` watches for
/// signals without a screen.
@main
struct TerminalProbe {
    static func main() {
        guard let argument = CommandLine.arguments.dropFirst().first else { exit(64) }
        if argument == "--headless" { watchSignals() }
        let folder = URL(filePath: argument, directoryHint: .isDirectory)
        do {
            let session = try TerminalSession(log: folder.appending(path: "log.txt"))
            let status = ProbeScreen(session: session, folder: folder).run()
            session.close()
            exit(status)
        } catch {
            FileHandle.standardError.write(Data("no screen: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func watchSignals() -> Never {
        SignalWatch.start()
        FileHandle.standardOutput.write(Data("ready\n".utf8))
        while SignalWatch.pending == nil { usleep(5000) }
        let signal = SignalWatch.pending
        FileHandle.standardOutput.write(Data("pending \(signal?.rawValue ?? 0)\n".utf8))
        if signal == .interrupt { sleep(60) }
        exit(signal?.exitCode ?? 0)
    }
}
