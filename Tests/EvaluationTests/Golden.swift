import Foundation
import TestSupport
import Testing

/// Reads reference results made with lm-evaluation-harness.
enum Golden {
    static func lines<Row: Decodable>(_ type: Row.Type, _ name: String) throws -> [Row] {
        try data(name).split(separator: 0x0A).map { try JSONDecoder().decode(type, from: $0) }
    }

    static func object<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        try JSONDecoder().decode(type, from: data(name))
    }

    static func dataFile(_ path: String) throws -> URL {
        try #require(sharedFolder).appending(path: "data/\(path)")
    }

    private static func data(_ name: String) throws -> Data {
        try Data(contentsOf: #require(sharedFolder).appending(path: "golden/\(name)"))
    }
}
