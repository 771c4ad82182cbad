package import Foundation
import RunEvents

/// The JSON form of files in a run folder.
///
/// Numbers that JSON lacks are the strings `nan`, `inf` and `-inf`.
package enum RunJSON {
    package static let schemaVersion = 1

    /// Writes keys in order, and numbers that are not finite as "inf", "-inf" and "nan".
    package static func encoder(pretty: Bool = false) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            pretty
            ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
            : [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }

    /// Reads what `encoder` writes.
    package static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return decoder
    }
}

/// The lines of `events.jsonl`: a header, then one event each.
struct EventLog {
    private struct Header: Codable {
        var file = "lethe-events"
        var schemaVersion = RunJSON.schemaVersion
    }

    let path: String
    private let encoder = RunJSON.encoder()
    private let decoder = RunJSON.decoder()

    init(path: String) { self.path = path }

    func headerLine() throws -> String { try line(Header()) }

    func line(_ event: StampedEvent) throws -> String { try line(event as any Encodable) }

    private func line(_ value: any Encodable) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Whether a line is the header of a log.
    ///
    /// - Throws: `RunStoreError.unknownSchema`.
    func isHeader(_ line: Data) throws -> Bool {
        guard let header = try? decoder.decode(Header.self, from: line),
            header.file == Header().file
        else { return false }
        guard header.schemaVersion == RunJSON.schemaVersion else {
            throw RunStoreError.unknownSchema(
                path: path, found: header.schemaVersion, supported: RunJSON.schemaVersion)
        }
        return true
    }

    /// The event of a line, or what is wrong with the line.
    func event(_ line: UnsafeRawBufferPointer) -> (event: StampedEvent?, problem: String?) {
        // What is no object at all need not be decoded to be known for it.
        guard line.first == UInt8(ascii: "{") else { return (nil, "not JSON") }
        do {
            let event =
                try StoredMeasurement.event(line)
                ?? decoder.decode(StampedEvent.self, from: Data(line))
            let problem = event.problem
            return (problem == nil ? event : nil, problem)
        } catch {
            return (nil, Self.reason(error))
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, _): return "missing key \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "wrong type at " + place(context)
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            return "a value that this lethe does not know at " + place(context)
        default: return "not JSON"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return String(path.unicodeScalars.filter { " "..."~" ~= $0 }.prefix(80).map(Character.init))
    }
}
