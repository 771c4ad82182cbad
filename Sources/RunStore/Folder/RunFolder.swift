package import Foundation

/// Where one run lives on disk, and what its files are called.
package struct RunFolder: Sendable, Equatable {
    package let url: URL

    /// The run's name.
    package var name: String { url.lastPathComponent }
    /// The resolved study.
    package var studyFile: URL { url.appending(path: Name.study) }
    /// Every event, one JSON line each: the source of truth.
    package var eventsFile: URL { url.appending(path: Name.events) }
    /// The rows of `TableRow`, always derivable from the events.
    package var metricsFile: URL { url.appending(path: Name.metrics) }
    /// Commands that an interruption took back and that wait to take effect again.
    package var commandsFile: URL { url.appending(path: Name.commands) }
    package var environmentFile: URL { url.appending(path: Name.environment) }
    package var summaryFile: URL { url.appending(path: Name.summary) }
    /// What the log comes to up to some line; can be removed.
    package var snapshotFile: URL { url.appending(path: Name.snapshot) }
    package var logFile: URL { url.appending(path: Name.log) }
    package var checkpointsFolder: URL { url.appending(path: Name.checkpoints) }
    /// What single items added to the numbers of the log.
    package var itemsFile: URL { url.appending(path: Name.items).appending(path: Name.scores) }

    /// What the files are called within the folder.
    enum Name {
        static let study = "study.yaml"
        static let events = "events.jsonl"
        static let metrics = "metrics.csv"
        static let commands = "commands.json"
        static let environment = "environment.json"
        static let snapshot = "snapshot.json"
        static let summary = "summary.json"
        static let log = "log.txt"
        static let lock = "lock"
        static let checkpoints = "checkpoints"
        static let items = "items"
        static let scores = "scores.bin"
    }

    private init(_ url: URL) { self.url = url.standardizedFileURL }

    /// Creates `<parent>/<study>-<UTC time>`; a second run of the same second gets `-2`, and so on.
    package static func create(
        study: String, in parent: URL, at time: Date = Date()
    ) throws -> RunFolder {
        try checkName(study)
        try createFolder(parent)
        let stem = study + "-" + timeStamp(time)
        var number = 1
        while true {
            let url = parent.appending(path: number == 1 ? stem : "\(stem)-\(number)")
            if mkdir(url.path, 0o755) == 0 { return RunFolder(url) }
            guard errno == EEXIST else { throw RunStoreError.last("create", url.path) }
            number += 1
        }
    }

    /// Makes the given folder a run's; it may be absent, empty, or left by a run that never began.
    ///
    /// - Throws: `RunStoreError.runExists`, `RunStoreError.folderNotEmpty`.
    package static func create(at url: URL) throws -> RunFolder {
        let folder = RunFolder(url)
        try createFolder(folder.url)
        let names = try folder.opened().names()
        if names.contains(Name.events) { throw RunStoreError.runExists(path: url.path) }
        let leftovers = Set(
            [Name.lock, Name.log]
                + [Name.study, Name.environment].flatMap { [$0, OpenFolder.temporary($0)] })
        guard leftovers.isSuperset(of: names) else {
            throw RunStoreError.folderNotEmpty(path: url.path)
        }
        return folder
    }

    /// Removes the folder if nothing of a run was stored in it.
    package func removeIfUnused() {
        guard let opened = try? opened(), let names = try? opened.names(),
            Set([Name.lock, Name.log]).isSuperset(of: names)
        else { return }
        for name in names { try? opened.remove(name) }
        rmdir(url.path)
    }

    /// Stores the resolved study; comes before the first event, because a folder with events must
    /// hold all that it takes to resume the run.
    package func write(study: String) throws {
        try opened().write(Data(study.utf8), to: Name.study)
    }

    /// Bytes of a larger study than anybody writes.
    private static let studyLimit = 16 << 20

    /// The stored study.
    ///
    /// - Throws: `RunStoreError.outOfPlace`, `RunStoreError.tooLarge`, `RunStoreError.system`.
    package func studyText() throws -> String {
        guard let data = try opened().read(Name.study, limit: Self.studyLimit) else {
            throw RunStoreError.system(action: "read", path: studyFile.path, code: ENOENT)
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// Opens an existing run.
    ///
    /// - Throws: `RunStoreError.notARun`; `RunStoreError.outOfPlace` if its log is no file.
    package static func open(_ url: URL) throws -> RunFolder {
        let folder = RunFolder(url)
        guard let opened = try? folder.opened(), opened.kind(Name.events) != nil else {
            throw RunStoreError.notARun(path: url.path)
        }
        try opened.check(Name.events, is: .file)
        return folder
    }

    /// The folder itself, through which its files are reached.
    ///
    /// - Throws: `RunStoreError.system`.
    func opened() throws -> OpenFolder { try OpenFolder(url) }

    /// - Throws: `RunStoreError.invalidName` for what could escape its parent or be hidden.
    static func checkName(_ name: String) throws {
        let isAllowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isAllowed, !name.isEmpty, !name.hasPrefix(".") else {
            throw RunStoreError.invalidName(name: name)
        }
    }

    static func createFolder(_ url: URL) throws {
        try RunStoreError.wrapping("create", url) {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }
    }

    /// `20260131T235959Z`: sorts by time and needs no quoting anywhere.
    private static func timeStamp(_ time: Date) -> String {
        time.formatted(
            Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted))
    }
}
