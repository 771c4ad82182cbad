import Foundation

/// Bytes of which every access is checked.
struct ArrowBytes {
    private let data: Data

    init(_ data: Data) {
        self.data = data
    }

    var count: Int { data.count }

    /// A little-endian whole number.
    ///
    /// - Throws: `FormProblem` if it is not whole.
    func integer<Value: FixedWidthInteger>(
        _: Value.Type, at position: Int
    ) throws(FormProblem) -> Value {
        let bytes = try slice(at: position, MemoryLayout<Value>.size)
        return bytes.reversed().reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
    }

    /// A length or an offset of four bytes.
    func length(at position: Int) throws(FormProblem) -> Int {
        try checked(Int64(try integer(Int32.self, at: position)))
    }

    /// A length or an offset that some of the bytes can have.
    func checked(_ value: Int64) throws(FormProblem) -> Int {
        guard (0...Int64(count)).contains(value) else {
            throw FormProblem("a length or an offset of \(value), with \(count) bytes")
        }
        return Int(value)
    }

    func slice(at position: Int, _ length: Int) throws(FormProblem) -> Data {
        guard position >= 0, length >= 0, position <= count, length <= count - position else {
            throw FormProblem("it ends too early")
        }
        let start = data.startIndex + position
        return data[start..<start + length]
    }

    func text(at position: Int, _ length: Int) throws(FormProblem) -> String {
        guard let text = String(validating: try slice(at: position, length), as: UTF8.self) else {
            throw FormProblem("a text that is not UTF-8")
        }
        return text
    }
}

/// A table of FlatBuffers, the form of Arrow's metadata: fields by their number.
struct FlatTable {
    private let position: Int
    private let bytes: ArrowBytes

    /// The table that `position` refers to.
    init(root position: Int, _ bytes: ArrowBytes) throws(FormProblem) {
        self.position = position + Int(try bytes.integer(UInt32.self, at: position))
        self.bytes = bytes
    }

    /// Where the field lies; nil if it has its default.
    private func field(_ number: Int) throws(FormProblem) -> Int? {
        let list = position - Int(try bytes.integer(Int32.self, at: position))
        let size = Int(try bytes.integer(UInt16.self, at: list))
        let entry = 4 + 2 * number
        guard entry + 2 <= size else { return nil }
        let offset = Int(try bytes.integer(UInt16.self, at: list + entry))
        return offset == 0 ? nil : position + offset
    }

    func integer<Value: FixedWidthInteger>(
        _ type: Value.Type, _ number: Int
    ) throws(FormProblem) -> Value? {
        guard let place = try field(number) else { return nil }
        return try bytes.integer(type, at: place)
    }

    func table(_ number: Int) throws(FormProblem) -> FlatTable? {
        guard let place = try field(number) else { return nil }
        return try FlatTable(root: place, bytes)
    }

    func text(_ number: Int) throws(FormProblem) -> String? {
        guard let start = try vectorStart(number) else { return nil }
        return try bytes.text(at: start + 4, try bytes.length(at: start))
    }

    func tables(_ number: Int) throws(FormProblem) -> [FlatTable] {
        var tables: [FlatTable] = []
        for place in try elements(number, size: 4) {
            tables.append(try FlatTable(root: place, bytes))
        }
        return tables
    }

    /// Pairs of whole numbers of eight bytes.
    func pairs(_ number: Int) throws(FormProblem) -> [(Int, Int)] {
        var pairs: [(Int, Int)] = []
        for place in try elements(number, size: 16) {
            let first = try bytes.checked(try bytes.integer(Int64.self, at: place))
            pairs.append((first, try bytes.checked(try bytes.integer(Int64.self, at: place + 8))))
        }
        return pairs
    }

    /// The bytes that it is a part of.
    var whole: ArrowBytes { bytes }

    private func elements(_ number: Int, size: Int) throws(FormProblem) -> [Int] {
        guard let start = try vectorStart(number) else { return [] }
        let count = try bytes.length(at: start)
        return (0..<count).map { start + 4 + $0 * size }
    }

    private func vectorStart(_ number: Int) throws(FormProblem) -> Int? {
        guard let place = try field(number) else { return nil }
        return place + Int(try bytes.integer(UInt32.self, at: place))
    }
}
