import Foundation
import RunEvents
import RunStore
import TestSupport
import Testing

extension ProgramSuite {
    /// The program on a terminal.
    @Suite(.enabled(if: DashboardTerminal.isAvailable, "tmux is not installed"))
    struct DashboardTests {
        private static let endless =
            "run small --out r --set train.steps=1000000 --set evaluate.every=50"
            + " --set checkpoint.every=1000000"

        @Test("keys reach the run, and the run can be left and resumed")
        func session() throws {
            try DashboardTerminal.with(columns: 120, rows: 40) { terminal in
                try terminal.start(Self.endless)
                try terminal.waitToShow("full", "lora", "LEARN", "FORGET", "training")
                #expect(try terminal.flags() == "1 0")
                try terminal.send("?")
                try terminal.waitToShow("Main screen", "this help")
                try terminal.send("q")
                try terminal.waitToShow("LEARN")

                try terminal.send("P")
                let paused = try waitForCommand(.pause, terminal)
                #expect(paused.arm == "full" && paused.step > 0)
                try terminal.waitToShow(
                    "paused @\(paused.step)", "keyboard: pause applied @\(paused.step)"
                )
                try terminal.send("P")
                _ = try waitForCommand(.resume, terminal)

                try terminal.send("L")
                try terminal.waitToShow("Enter sets it")
                usleep(200_000)
                try terminal.send("2e-4", "Enter")
                let changed = try waitForCommand(.setLearningRate(2e-4), terminal)
                #expect(changed.arm == "full")
                #expect(
                    try LetheProcess.poll {
                        try lastRate(terminal.folder).map { $0 < 2.1e-4 } == true
                    }
                )

                try terminal.send("q")
                try terminal.waitToShow("The run is still going.")
                usleep(200_000)
                try terminal.send("s")
                #expect(try terminal.waitForStatus() == 0)
                try expectRestored(terminal)
                try terminal.waitToShow("continue with `lethe resume")

                let rows = csvRecords(try terminal.folder.text("r/metrics.csv"))
                #expect(rows.contains { $0[13].contains("learning_rate=0.0002 applied") })
                try expectResumable(terminal.folder)
            }
        }

        @Test("pasted text does not reach a training, whether the terminal marks it or not")
        func paste() throws {
            try DashboardTerminal.with(columns: 80, rows: 24) { terminal in
                try terminal.start(Self.endless)
                try terminal.waitToShow("training")
                let long = String(repeating: "The quick PES; ", count: 700)
                for text in ["quick brown fox", "git request --squash", "Please PAUSE\n", long] {
                    for isMarked in [true, false] {
                        try terminal.paste(text, isMarked: isMarked)
                        try terminal.waitToShow("does nothing here: \(text.count) characters")
                        usleep(100_000)
                        try terminal.send("Down")
                        try terminal.waitToShow("? help")
                    }
                }
                try terminal.send("E")
                _ = try waitForCommand(.evaluate, terminal)
                #expect(try commands(terminal) == [.evaluate])
                #expect(!FileManager.default.fileExists(atPath: terminal.folder.path("status.txt")))
            }
        }

        @Test("commands are taken while every arm is paused")
        func commandsWhilePaused() throws {
            try DashboardTerminal.with(columns: 120, rows: 40) { terminal in
                try terminal.start(Self.endless)
                try terminal.waitToShow("training")
                try terminal.send("P")
                let paused = try waitForCommand(.pause, terminal)
                try terminal.send("Down", "P")
                try terminal.waitToShow("PAUSED")
                try terminal.send("E")
                _ = try waitForCommand(.evaluate, terminal)
                try terminal.waitToShow("scored @")
                #expect(try commands(terminal) == [.pause, .pause, .evaluate])
                #expect(paused.arm == "full")
            }
        }

        /// The commands that the log tells as asked, oldest first.
        private func commands(_ terminal: DashboardTerminal) throws -> [RunCommand] {
            let folder = try RunFolder.open(terminal.folder.url.appending(path: "r"))
            return try RecordedRun.read(folder).events().compactMap { stamped in
                guard case .command(let request, .asked, _) = stamped.event else { return nil }
                return request.command
            }
        }

        /// The learning rate of the newest step of the arm `full`.
        private func lastRate(_ folder: ProgramFolder) throws -> Double? {
            csvRecords(try folder.text("r/metrics.csv"))
                .last { $0.count == 17 && $0[2] == "full" && $0[11] == "learning_rate" }
                .flatMap { Double($0[12]) }
        }

        @Test("a run that is over stays on the screen until it is left")
        func finished() throws {
            try DashboardTerminal.with(columns: 80, rows: 24) { terminal in
                try terminal.start("run small --out r")
                try terminal.waitToShow("COMPLETED")
                try terminal.send("q")
                #expect(try terminal.waitForStatus() == 0)
                try expectRestored(terminal)
                try terminal.waitToShow("lethe: finished: ")
            }
        }

        @Test("a tiny terminal is no reason to crash", arguments: [(20, 5), (2, 1)])
        func tinyTerminal(columns: Int, rows: Int) throws {
            try DashboardTerminal.with(columns: columns, rows: rows) { terminal in
                try terminal.start("run small --out r")
                let events = terminal.folder.path("r/events.jsonl")
                try terminal.wait("the run to finish") {
                    let text = try? String(contentsOfFile: events, encoding: .utf8)
                    return text?.contains("\"completed\"") ?? false
                }
                // Until the screen knows of the end, the key opens a dialog that the end closes.
                try terminal.wait("the end") {
                    try terminal.send("q")
                    return FileManager.default.fileExists(
                        atPath: terminal.folder.path("status.txt"))
                }
                #expect(try terminal.waitForStatus() == 0)
                try expectRestored(terminal)
            }
        }

        @Test("a signal ends the screen, saves the run and gives the terminal back")
        func signal() throws {
            try DashboardTerminal.with(columns: 120, rows: 40) { terminal in
                try terminal.start(Self.endless)
                try terminal.waitToShow("training")
                let text = try terminal.folder.text("r/lock")
                let process = try #require(
                    pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
                kill(process, SIGTERM)
                #expect(try terminal.waitForStatus() == 143)
                try expectRestored(terminal)
                try expectResumable(terminal.folder)
            }
        }

        @Test("a study that cannot be run says so on the ordinary screen")
        func broken() throws {
            try DashboardTerminal.with(columns: 120, rows: 40) { terminal in
                try terminal.start("run small --out r --set arms.lora.rank=17")
                #expect(try terminal.waitForStatus() == 1)
                try terminal.waitToShow("rank 17 is larger than projection")
                #expect(try terminal.flags() == "0 1")
            }
        }

        // MARK: - Checking

        /// Waits until the stored events tell that a command was applied.
        private func waitForCommand(
            _ command: RunCommand, _ terminal: DashboardTerminal
        ) throws -> (arm: String?, step: Int) {
            var found: (String?, Int)?
            try terminal.wait("\(command.name) in the events") {
                let folder = try RunFolder.open(terminal.folder.url.appending(path: "r"))
                for stamped in try RecordedRun.read(folder).events() {
                    if case .command(let request, .applied, let step) = stamped.event,
                        request.command == command
                    {
                        found = (request.arm, step)
                    }
                }
                return found != nil
            }
            return try #require(found)
        }

        private func expectRestored(
            _ terminal: DashboardTerminal, sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            #expect(try terminal.flags() == "0 1", sourceLocation: sourceLocation)
            let after = try terminal.folder.text("after.txt")
            let before = try terminal.folder.text("before.txt")
            #expect(after == before && after.contains("speed"), sourceLocation: sourceLocation)
        }

        private func expectResumable(_ folder: ProgramFolder) throws {
            let process = try folder.start("resume", "r", "--headless")
            #expect(LetheProcess.poll { process.output.contains(",train,") }, "\(process.errors)")
            process.send(SIGTERM)
            #expect(process.wait() == 143)
        }
    }
}
