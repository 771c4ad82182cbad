import Foundation
import Models
import TestSupport
import Testing

@Suite struct SafetensorsFileTests {
    @Test("float32, float16 and bfloat16 tensors are read")
    func types() throws {
        let file = try openSafetensors(
            """
            {"__metadata__": {"format": "pt"},
             "a": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]},
             "b": {"dtype": "F16", "shape": [2], "data_offsets": [8, 12]},
             "c": {"dtype": "BF16", "shape": [], "data_offsets": [12, 14]},
             "d": {"dtype": "F32", "shape": [0, 3], "data_offsets": [14, 14]}}
            """,
            [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0x00, 0x38, 0x00, 0xC0, 0x20, 0xC0])
        #expect(file.metadata == ["format": "pt"])
        #expect(file.tensorNames == ["a", "b", "c", "d"])
        #expect(file.shape(of: "a") == [2, 1])
        #expect(try file.readFloats("a") == [1, -2])
        #expect(try file.readFloats("b") == [0.5, -2])
        #expect(try file.readFloats("c") == [-2.5])
        #expect(try file.readFloats("d") == [])
    }

    @Test("a tensor of another type can be listed but not read")
    func otherTypes() throws {
        let file = try openSafetensors(Self.one(type: "I64", shape: "[1]", end: 8), bytes(8))
        #expect(file.shape(of: "a") == [1])
        #expect(caseName { _ = try file.readFloats("a") } == "unsupportedType")
        #expect(caseName { _ = try file.readFloats("b") } == "unknownTensor")
    }

    @Test(
        "headers that do not fit are refused",
        arguments: [
            (one(shape: "[3]", end: 8), "sizeMismatch"),
            (one(shape: "[-2]", end: 8), "badField"),
            (one(shape: "[4611686018427387904, 4]", end: 8), "badField"),
            (one(shape: "[2]", end: 8, begin: 4), "misplacedTensor"),
            (one(shape: "[4]", end: 16), "truncated"),
            (one(shape: "[1]", end: 4), "badField"),
            (one(type: "Q9", shape: "[2]", end: 8), "unsupportedType"),
            (one(shape: "[9223372036854775808]", end: 8), "badField"),
            ("[]", "badField"),
            ("{\"a\": 3}", "badField"),
            ("{\"__metadata__\": {\"a\": 3}}", "badField"),
            (String(repeating: "[", count: 5000), "badField"),
            // Which of the two shapes?
            (
                """
                {"a": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]},
                 "a": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]}}
                """, "duplicateName"
            ),
            (
                """
                {"a": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]},
                 "\\u0061": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]}}
                """, "duplicateName"
            ),
            (
                """
                {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
                 "b": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}
                """, "misplacedTensor"
            ),
        ])
    func badHeaders(header: String, expected: String) {
        #expect(caseName { _ = try openSafetensors(header, bytes(8)) } == expected)
    }

    @Test("lengths beyond the file are refused", arguments: [0, 7, 8, 20])
    func truncated(length: Int) {
        let data = safetensors(Self.one(shape: "[2]", end: 8), bytes(8))
        #expect(caseName { _ = try openSafetensors(data.prefix(length)) } != nil)
        let huge = withUnsafeBytes(of: UInt64.max) { Data($0) } + data.dropFirst(8)
        #expect(caseName { _ = try openSafetensors(huge) } == "badField")
    }

    @Test("random damage is refused or read, never fatal")
    func fuzz() {
        var random = SeededBytes(state: 7)
        let valid = safetensors(
            """
            {"__metadata__": {"format": "pt"},
             "a": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]},
             "b": {"dtype": "F16", "shape": [2], "data_offsets": [8, 12]}}
            """, bytes(12))
        var refused = 0
        for _ in 0..<1500 {
            let failure = caseName {
                let file = try openSafetensors(random.damaged(valid))
                for name in file.tensorNames { _ = try file.readFloats(name) }
            }
            if failure != nil { refused += 1 }
        }
        #expect(refused > 100)
    }

    private static func one(
        type: String = "F32", shape: String, end: Int, begin: Int = 0
    ) -> String {
        #"{"a": {"dtype": "\#(type)", "shape": \#(shape), "data_offsets": [\#(begin), \#(end)]}}"#
    }

    private func bytes(_ count: Int) -> [UInt8] { Array(repeating: 1, count: count) }
}

/// The bytes of a safetensors file with this header and data.
func safetensors(_ header: String, _ contents: [UInt8]) -> Data {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) } + Data(header.utf8)
        + Data(contents)
}

/// Opens a safetensors file with this header and data.
func openSafetensors(_ header: String, _ contents: [UInt8]) throws -> SafetensorsFile {
    try openSafetensors(safetensors(header, contents))
}

/// Opens a safetensors file with these contents.
func openSafetensors(_ data: Data) throws -> SafetensorsFile {
    try SafetensorsFile(data: data, path: "test.safetensors")
}
