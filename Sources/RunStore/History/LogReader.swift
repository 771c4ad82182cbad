import Foundation
import RunEvents

/// Where in a log a reader is, between two lines.
struct LogPlace: Codable, Sendable, Equatable {
    /// Bytes and complete lines in front of it.
    var bytes = 0
    var lines = 0
}

/// Reads the events of a log as its bytes come in, in pieces of any size.
///
/// What cannot be read is left out and counted. A log may be a stranger's: whatever it holds, no more
/// of it is kept than its events and one line, and the work for a byte of it is bounded.
struct LogReader {
    /// Far longer than any line of an event.
    static let longestLine = 1 << 20
    /// A file with more unreadable lines is no log.
    static let mostDamage = 100_000

    private let log: EventLog
    private(set) var damage: LogDamage?
    /// The place after the last complete line.
    private(set) var place: LogPlace
    /// The start of a line whose end has not come.
    private var pending = Data()
    private var isTooLong = false
    /// Bytes of that line that were not kept.
    private var skipped = 0
    /// What is compared, once the run has told it.
    private var identity: RunIdentity?
    /// The trajectories' names, and with those of the study's arms what a command can be for.
    private var arms: Set<String> = []
    private var commanded: Set<String> = []

    /// A reader that begins at a place of the log.
    ///
    /// - Parameters:
    ///   - log: What the lines mean.
    ///   - place: The end of a line; the start by default.
    ///   - identity: What is compared, if it was told in front of it.
    init(_ log: EventLog, from place: LogPlace = LogPlace(), identity: RunIdentity? = nil) {
        self.log = log
        self.place = place
        if let identity { take(identity) }
    }

    private mutating func take(_ identity: RunIdentity) {
        self.identity = identity
        arms = Set(identity.arms.map(\.name))
        commanded = arms.union(identity.arms.compactMap(\.studyArm))
    }

    /// Takes the next bytes of the log.
    ///
    /// - Parameters:
    ///   - bytes: Of any number of lines, whole or not.
    ///   - body: Is given each event, and the place after its line.
    /// - Throws: `RunStoreError.unknownSchema` if the header is of another version;
    ///   `RunStoreError.malformed` if it is no log; what `body` throws.
    mutating func take(_ bytes: Data, _ body: (StampedEvent, LogPlace) throws -> Void) throws {
        try bytes.withUnsafeBytes { bytes in
            var start = 0
            while let end = Self.lineBreak(in: bytes, from: start) {
                let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                start = end + 1
                if pending.isEmpty {
                    try take(line: piece, body)
                } else {
                    let line = pending + Data(piece)
                    pending = Data()
                    try line.withUnsafeBytes { try take(line: $0, body) }
                }
            }
            keep(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        }
    }

    private static func lineBreak(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress,
            let found = memchr(base + start, 0x0A, bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }

    private mutating func take(
        line: UnsafeRawBufferPointer, _ body: (StampedEvent, LogPlace) throws -> Void
    ) throws {
        place.bytes += line.count + 1 + skipped
        place.lines += 1
        defer { (isTooLong, skipped) = (false, 0) }
        if isTooLong || line.count > Self.longestLine {
            try note("longer than \(Self.longestLine) bytes")
        } else if let event = try event(line) {
            try body(event, place)
        }
    }

    private mutating func keep(_ rest: UnsafeRawBufferPointer) {
        if !isTooLong, pending.count + rest.count <= Self.longestLine {
            pending.append(contentsOf: rest)
        } else {
            skipped += pending.count + rest.count
            (pending, isTooLong) = (Data(), true)
        }
    }

    private mutating func event(_ line: UnsafeRawBufferPointer) throws -> StampedEvent? {
        if place.lines == 1 { return try firstEvent(line) }
        let (event, problem) = log.event(line)
        guard let event, problem == nil else {
            try note(problem ?? "not an event")
            return nil
        }
        if let contradiction = contradiction(event.event) {
            try note(contradiction)
            return nil
        }
        return event
    }

    /// The first line is the header; what else it is, is damage that may hold an event.
    private mutating func firstEvent(_ line: UnsafeRawBufferPointer) throws -> StampedEvent? {
        if try log.isHeader(Data(line)) { return nil }
        try note("no header of a log")
        let event = log.event(line).event
        return event.flatMap { contradiction($0.event) == nil ? $0 : nil }
    }

    /// Whether all that an event speaks of has been told.
    func knows(_ event: RunEvent) -> Bool { identity != nil && arms.isSuperset(of: event.arms) }

    /// What an event says against the events before it.
    private mutating func contradiction(_ event: RunEvent) -> String? {
        if case .observed(let seen) = event, arms.contains(seen.arm) { return nil }
        if case .started(let new) = event {
            if let identity, !new.extends(identity) { return "a second start" }
            take(new)
            return nil
        }
        guard identity != nil else { return nil }
        var known = arms
        if case .command = event { known = commanded }
        return known.isSuperset(of: event.arms) ? nil : "an arm that the run does not have"
    }

    /// - Throws: `RunStoreError.malformed` if there are lines and none of them can be read.
    func checkIsLog() throws {
        guard let damage, damage.count == place.lines else { return }
        throw RunStoreError.malformed(
            path: log.path, line: damage.firstLine, reason: damage.reason)
    }

    private mutating func note(_ reason: String) throws {
        if damage == nil {
            damage = LogDamage(path: log.path, firstLine: place.lines, reason: reason)
        }
        damage?.count += 1
        if damage?.count ?? 0 > Self.mostDamage {
            throw RunStoreError.malformed(
                path: log.path, line: damage?.firstLine ?? 1,
                reason: "the first of more than \(Self.mostDamage) such lines: \(reason)")
        }
    }
}
