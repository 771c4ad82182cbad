import Foundation
import Models
import TestSupport
import Testing

@Suite struct GGUFDamageTests {
    @Test("files of another kind or version are refused")
    func formats() {
        var other = GGUFBuilder()
        other.magic = 0x1234_5678
        var old = GGUFBuilder()
        old.version = 1
        var bigEndian = GGUFBuilder()
        bigEndian.version = 3 << 24
        for builder in [other, old, bigEndian] {
            #expect(Self.failure(builder.data) == "unknownFormat")
        }
        #expect(Self.failure(Data()) == "truncated")
        #expect(caseName { _ = try GGUFFile(URL(filePath: "/does/not/exist")) } == "unreadable")
    }

    @Test("every truncation is noticed")
    func truncation() {
        let data = Self.valid.data
        for length in 0..<(data.count - 31) { #expect(Self.failure(data.prefix(length)) != nil) }
    }

    @Test("counts and lengths beyond the file are refused before anything is allocated")
    func lyingCounts() {
        var tensors = Self.valid
        tensors.tensorCount = .max
        var entries = Self.valid
        entries.entryCount = 1 << 60
        var key = Self.valid
        key.entries.insert(("x", 8, GGUFBuilder.bytes(UInt64.max - 3)), at: 0)
        var array = Self.valid
        array.entries.insert(
            ("x", 9, GGUFBuilder.bytes(UInt32(10)) + GGUFBuilder.bytes(UInt64(1) << 61)), at: 0)
        for builder in [tensors, entries, key, array] {
            #expect(Self.failure(builder.data) == "truncated")
        }
        // All there, and each a multiple of its size in memory.
        var bytes = Self.valid
        bytes.entries.insert(
            (
                "x", 9,
                GGUFBuilder.bytes(UInt32(0)) + GGUFBuilder.bytes(UInt64(5_000_000))
                    + Array(repeating: 1, count: 5_000_000)
            ), at: 0)
        #expect(Self.failure(bytes.data) == "badField")
    }

    @Test("arrays within arrays without end are refused")
    func deepArrays() {
        var builder = GGUFBuilder()
        let level = GGUFBuilder.bytes(UInt32(9)) + GGUFBuilder.bytes(UInt64(1))
        builder.entries.append(("x", 9, Array(repeating: level, count: 1000).flatMap { $0 }))
        #expect(Self.failure(builder.data) == "badField")
    }

    @Test("tensors outside the file, on each other or of impossible size are refused")
    func tensorPlaces() {
        var outside = Self.valid
        outside.offsets["b"] = 1 << 40
        var wrapping = Self.valid
        wrapping.offsets["b"] = .max
        var overlapping = Self.valid
        overlapping.offsets["b"] = 4
        var gap = Self.valid
        gap.offsets["b"] = 480
        #expect(Self.failure(gap.data) == "misplacedTensor")
        var huge = GGUFBuilder()
        huge.add("a", sizes: [1 << 32, 1 << 32], type: 0, bytes: [])
        var partBlock = GGUFBuilder()
        partBlock.add("a", sizes: [33], type: 8, bytes: Array(repeating: 0, count: 68))
        var rank = GGUFBuilder()
        rank.add("a", sizes: Array(repeating: 1, count: 5), floats: [1])
        var type = GGUFBuilder()
        type.add("a", sizes: [1], type: 77, bytes: [0, 0, 0, 0])
        #expect(Self.failure(outside.data) == "misplacedTensor")
        #expect(Self.failure(wrapping.data) == "misplacedTensor")
        #expect(Self.failure(overlapping.data) == "misplacedTensor")
        #expect(Self.failure(huge.data) == "badField")
        #expect(Self.failure(partBlock.data) == "badField")
        #expect(Self.failure(rank.data) == "badField")
        #expect(Self.failure(type.data) == "unsupportedType")
    }

    @Test("names used twice are refused, and names of the other format")
    func duplicates() {
        var keys = GGUFBuilder()
        keys.add("x", 1)
        keys.add("x", 2)
        var tensors = GGUFBuilder()
        tensors.add("output.weight", sizes: [1], floats: [1])
        tensors.add("output.weight", sizes: [1], floats: [1])
        var foreign = GGUFBuilder()
        foreign.add("lm_head.weight", sizes: [1], floats: [1])
        #expect(Self.failure(keys.data) == "duplicateName")
        #expect(Self.failure(tensors.data) == "duplicateName")
        #expect(Self.failure(foreign.data) == "badField")
    }

    @Test("heads that do not divide the rows are refused", arguments: [0, 3, 8] as [UInt32])
    func heads(count: UInt32) {
        var builder = GGUFBuilder()
        builder.add("general.architecture", "llama")
        builder.add("llama.attention.head_count", count)
        builder.add("blk.0.attn_q.weight", sizes: [1, 8], floats: Array(repeating: 0, count: 8))
        #expect(Self.failure(builder.data) == "badField")
    }

    @Test("random damage is refused or read, never fatal")
    func fuzz() {
        var random = SeededBytes(state: 42)
        let valid = Self.valid.data
        var refused = 0
        for _ in 0..<1500 {
            if Self.failure(random.damaged(valid)) != nil { refused += 1 }
        }
        #expect(refused > 100)
    }

    /// Two tensors and one entry of every shape of value.
    private static var valid: GGUFBuilder {
        var builder = GGUFFileTests.tinyLlama()
        builder.add("some.strings", strings: ["a", "b"])
        builder.add("blk.0.attn_q.weight", sizes: [8, 8], floats: Array(repeating: 0, count: 64))
        builder.add("a", sizes: [32], type: 3, bytes: Array(repeating: 1, count: 20))
        builder.add("b", sizes: [2, 4], floats: [1, 2, 3, 4, 5, 6, 7, 8])
        return builder
    }

    /// The case of the error that opening and reading everything gives, or nil.
    private static func failure(_ data: Data) -> String? {
        caseName {
            let file = try GGUFFile(data: data, path: "test.gguf")
            for name in file.tensorNames { _ = try file.readFloats(name) }
            _ = try? file.modelConfiguration()
        }
    }
}

/// The name of the `WeightFileError` case that `body` throws, or nil if it throws nothing.
func caseName(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch let error as WeightFileError {
        #expect(!error.description.isEmpty)
        return Mirror(reflecting: error).children.first?.label ?? "\(error)"
    } catch {
        Issue.record("unexpected \(error)")
        return nil
    }
}

/// A small generator of random damage.
struct SeededBytes {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    /// `data` with one to four bytes changed, and sometimes cut short.
    mutating func damaged(_ data: Data) -> Data {
        var result = data
        for _ in 0...next(below: 4) {
            let extreme: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, UInt8(next(below: 256))]
            result[next(below: result.count)] = extreme[next(below: extreme.count)]
        }
        return next(below: 4) == 0 ? result.prefix(next(below: result.count)) : result
    }
}
