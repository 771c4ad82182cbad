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

    /// The complete lines of `data`, without their line breaks.
    static func lines(of data: Data) -> [Range<Data.Index>] {
        data.withUnsafeBytes { bytes in
            var lines: [Range<Data.Index>] = []
            var start = 0
            while start < bytes.count, let base = bytes.baseAddress,
                let found = memchr(base + start, 0x0A, bytes.count - start)
            {
                let end = UnsafeRawPointer(found) - base
                lines.append(data.startIndex + start..<data.startIndex + end)
                start = end + 1
            }
            return lines
        }
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

    /// - Throws: `RunStoreError.malformed`, `RunStoreError.unknownSchema`.
    func checkHeader(_ line: Data) throws {
        let header = try decode(Header.self, line, number: 1)
        guard header.schemaVersion == RunJSON.schemaVersion else {
            throw RunStoreError.unknownSchema(
                path: path, found: header.schemaVersion, supported: RunJSON.schemaVersion)
        }
    }

    /// Reads line `number`, counted from 1.
    ///
    /// - Throws: `RunStoreError.malformed`.
    func event(_ line: Data, number: Int) throws -> StampedEvent {
        try decode(StampedEvent.self, line, number: number)
    }

    private func decode<Value: Decodable>(
        _ type: Value.Type, _ line: Data, number: Int
    ) throws -> Value {
        do {
            return try decoder.decode(type, from: line)
        } catch {
            throw RunStoreError.malformed(path: path, line: number, reason: Self.reason(error))
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, _): "missing key \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "wrong type at " + context.codingPath.map(\.stringValue).joined(separator: ".")
        default: "not JSON"
        }
    }
}
