import Foundation
internal import Platform

/// Reads little-endian fields from untrusted bytes, one after the other.
struct ByteReader {
    let data: Data
    let path: String
    private(set) var position = 0

    init(_ data: Data, path: String) {
        self.data = data
        self.path = path
    }

    /// The number of bytes left.
    var remaining: Int { data.count - position }

    /// The next fixed-size value.
    mutating func read<Value: BitwiseCopyable>(
        _ type: Value.Type, _ part: String
    ) throws(WeightFileError) -> Value {
        let start = position
        try skip(UInt64(MemoryLayout<Value>.size), part)
        return data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: type) }
    }

    /// The next string: its length as 64 bits, then UTF-8, repaired if it is not valid.
    mutating func readString(_ part: String) throws(WeightFileError) -> String {
        let length = try read(UInt64.self, part)
        let start = position
        try skip(length, part)
        return data.withUnsafeBytes { String(decoding: $0[start..<position], as: UTF8.self) }
    }

    /// A number of items, each of which takes at least `size` bytes.
    mutating func readCount(_ part: String, of size: Int) throws(WeightFileError) -> Int {
        let count = try read(UInt64.self, part)
        guard count <= UInt64(remaining / size) else { throw truncated(part, count, size) }
        return Int(count)
    }

    /// Passes over `count` bytes.
    mutating func skip(_ count: UInt64, _ part: String) throws(WeightFileError) {
        guard count <= UInt64(remaining) else { throw truncated(part, count, 1) }
        position += Int(count)
    }

    private func truncated(_ part: String, _ count: UInt64, _ size: Int) -> WeightFileError {
        let bytes = count.multipliedReportingOverflow(by: UInt64(size))
        let needed = bytes.partialValue.addingReportingOverflow(UInt64(position))
        let isHuge = bytes.overflow || needed.overflow
        return .truncated(
            path: path, part: part, needed: isHuge ? .max : needed.partialValue, size: data.count)
    }
}

extension Data {
    /// The contents of a file, mapped rather than read.
    ///
    /// - Throws: `WeightFileError.unreadable` if it cannot be read, or another file stands in for it.
    init(mapping url: URL) throws(WeightFileError) {
        if let problem = RegularFile.problem(url) {
            throw .unreadable(path: url.path, reason: problem)
        }
        do {
            try self.init(contentsOf: url, options: .alwaysMapped)
        } catch {
            throw .unreadable(path: url.path, reason: Platform.reason(of: error))
        }
        if let standIn = StandIn(self) {
            throw .unreadable(path: url.path, reason: standIn.description)
        }
    }
}

/// The product of sizes, or nil if one is negative or the product overflows.
func elementCount(_ shape: [Int]) -> Int? {
    var count = 1
    for size in shape {
        let product = count.multipliedReportingOverflow(by: size)
        guard size >= 0, !product.overflow else { return nil }
        count = product.partialValue
    }
    return count
}
