import Foundation
import RunEvents

/// Lines of an event log that were left out because they cannot be read.
package struct LogDamage: Sendable, Equatable, CustomStringConvertible {
    package let path: String
    /// How many lines.
    package fileprivate(set) var count: Int
    /// The number of the first, counted from 1, and what is wrong with it.
    package let firstLine: Int
    package let reason: String

    package var description: String { text(of: path) }

    /// What a person is told of it, with a name for the log.
    package func text(of log: String) -> String {
        count == 1
            ? "\(log):\(firstLine): unreadable (\(reason)); this line is left out"
            : "\(log): \(count) lines are unreadable and left out, the first is line"
                + " \(firstLine) (\(reason))"
    }
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
    /// Complete lines so far, and the bytes that they take.
    private(set) var lineCount = 0
    private(set) var end = 0
    /// The byte after the header; 0 if there is none.
    private(set) var headerEnd = 0
    /// The start of a line whose end has not come.
    private var pending = Data()
    private var isTooLong = false
    /// Bytes of that line that were not kept.
    private var skipped = 0
    /// The run's arms, once it has told them.
    private var arms: Set<String>?

    init(_ log: EventLog) { self.log = log }

    /// Takes the next bytes of the log.
    ///
    /// - Parameters:
    ///   - bytes: Of any number of lines, whole or not.
    ///   - body: Is given each event, and the number of the byte after its line.
    /// - Throws: `RunStoreError.unknownSchema` if the header is of another version;
    ///   `RunStoreError.malformed` if it is no log.
    mutating func take(_ bytes: Data, _ body: (StampedEvent, Int) -> Void) throws {
        var rest = bytes
        while let found = Self.lineBreak(in: rest) {
            let piece = rest[..<found]
            let line = pending.isEmpty ? piece : pending + piece
            end += line.count + 1 + skipped
            lineCount += 1
            if isTooLong || line.count > Self.longestLine {
                try note("longer than \(Self.longestLine) bytes")
            } else if let event = try event(line) {
                body(event, end)
            }
            (pending, isTooLong, skipped) = (Data(), false, 0)
            rest = rest[(found + 1)...]
        }
        keep(rest)
    }

    private static func lineBreak(in data: Data) -> Data.Index? {
        data.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base, 0x0A, bytes.count)
            else { return nil }
            return data.startIndex + (UnsafeRawPointer(found) - base)
        }
    }

    private mutating func keep(_ rest: Data) {
        if !isTooLong, pending.count + rest.count <= Self.longestLine {
            pending.append(rest)
        } else {
            skipped += pending.count + rest.count
            (pending, isTooLong) = (Data(), true)
        }
    }

    private mutating func event(_ line: Data) throws -> StampedEvent? {
        if lineCount == 1 {
            if try log.isHeader(line) {
                headerEnd = end
                return nil
            }
            try note("no header of a log")
            let event = log.event(line).event
            return event.flatMap { contradiction($0.event) == nil ? $0 : nil }
        }
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

    /// What an event says against the events before it.
    private mutating func contradiction(_ event: RunEvent) -> String? {
        guard let arms else {
            if case .started(let identity) = event { arms = Set(identity.arms.map(\.name)) }
            return nil
        }
        if case .started = event { return "a second start" }
        return arms.isSuperset(of: event.arms) ? nil : "an arm that the run does not have"
    }

    /// - Throws: `RunStoreError.malformed` if there are lines and none of them can be read.
    func checkIsLog() throws {
        guard let damage, damage.count == lineCount else { return }
        throw RunStoreError.malformed(
            path: log.path, line: damage.firstLine, reason: damage.reason)
    }

    private mutating func note(_ reason: String) throws {
        if damage == nil {
            damage = LogDamage(path: log.path, count: 0, firstLine: lineCount, reason: reason)
        }
        damage?.count += 1
        if damage?.count ?? 0 > Self.mostDamage {
            throw RunStoreError.malformed(
                path: log.path, line: damage?.firstLine ?? 1,
                reason: "the first of more than \(Self.mostDamage) such lines: \(reason)")
        }
    }
}
