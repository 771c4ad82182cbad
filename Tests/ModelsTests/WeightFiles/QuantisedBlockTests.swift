import Foundation
import Models
import TestSupport
import Testing

/// Blocks of every type against what the package `gguf` makes of them (`Tests/Peers/gguf_blocks.py`).
@Suite struct QuantisedBlockTests {
    private struct Sample: Decodable {
        let type: UInt32
        let bytes: Data
        let values: Data

        var numbers: [Float] {
            values.withUnsafeBytes { buffer in
                (0..<buffer.count / 4).map {
                    buffer.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self)
                }
            }
        }
    }

    private static let types = [
        "F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q5_K", "Q6_K",
        "IQ4_NL",
    ]

    private static func samples() throws -> [String: Sample] {
        try JSONDecoder().decode(
            [String: Sample].self, from: Data(contentsOf: fixture("gguf/blocks.json")))
    }

    @Test("numbers are decoded exactly, or within one unit in the last place", arguments: types)
    func decoding(type: String) throws {
        let sample = try #require(try Self.samples()[type])
        let expected = sample.numbers
        var builder = GGUFBuilder()
        builder.add(
            "a", sizes: [UInt64(expected.count)], type: sample.type, bytes: Array(sample.bytes))
        let found = try GGUFFile(data: builder.data, path: "m.gguf").readFloats("a")
        #expect(found.count == expected.count)
        for (index, (own, other)) in zip(found, expected).enumerated() {
            #expect(abs(own - other) <= other.ulp, "\(type)[\(index)]: \(own) instead of \(other)")
        }
    }

    @Test(
        "other types are refused by name, with those that are read",
        arguments: [
            (10, "Q2_K"), (11, "Q3_K"), (15, "Q8_K"), (23, "IQ4_XS"), (28, "F64"), (77, "ggml 77"),
        ] as [(UInt32, String)])
    func others(number: UInt32, name: String) {
        var builder = GGUFBuilder()
        builder.add("a", sizes: [256], type: number, bytes: Array(repeating: 0, count: 2048))
        let error = #expect(throws: WeightFileError.self) {
            try GGUFFile(data: builder.data, path: "m.gguf")
        }
        let text = error?.description ?? ""
        #expect(text.contains("a has type \(name)") && text.contains("Q4_K, Q5_K, Q6_K or IQ4_NL"))
    }
}
