/// The buffers of a batch of rows, taken one after another.
struct ArrowBatch {
    let rowCount: Int
    let bytes: ArrowBytes
    private let body: Int
    private var nodes: [(count: Int, nulls: Int)]
    private var buffers: [(offset: Int, length: Int)]

    init(_ header: FlatTable, body: Int) throws(FormProblem) {
        guard try header.table(3) == nil else { throw FormProblem("compressed columns") }
        bytes = header.whole
        rowCount = try bytes.checked(try header.integer(Int64.self, 0) ?? 0)
        nodes = try header.pairs(1).reversed()
        buffers = try header.pairs(2).reversed()
        self.body = body
    }

    /// The number of values of the next column, whose first buffer, of missing values, is passed over.
    mutating func nextColumn() throws(FormProblem) -> Int {
        guard let node = nodes.popLast(), buffers.popLast() != nil else {
            throw FormProblem("fewer columns than declared")
        }
        guard node.nulls == 0 else { throw FormProblem("missing values") }
        return node.count
    }

    /// Where the next buffer begins in the file.
    mutating func nextBuffer() throws(FormProblem) -> Int {
        guard let buffer = buffers.popLast() else {
            throw FormProblem("fewer buffers than declared")
        }
        return body + buffer.offset
    }
}

/// A column of a table and its type.
struct ArrowColumn {
    private enum Kind {
        case integer(bytes: Int)
        case text
        case texts
    }

    let name: String
    private let kind: Kind

    /// The columns of a schema.
    static func columns(of schema: FlatTable) throws(FormProblem) -> [ArrowColumn] {
        var columns: [ArrowColumn] = []
        for field in try schema.tables(1) { columns.append(try ArrowColumn(field)) }
        return columns
    }

    private init(_ field: FlatTable) throws(FormProblem) {
        name = try field.text(0) ?? ""
        guard try field.table(4) == nil else { throw FormProblem("\(name): a dictionary") }
        switch try field.integer(UInt8.self, 2) {
        case 2:
            let bits = try field.table(3)?.integer(Int32.self, 0) ?? 0
            guard [32, 64].contains(bits) else { throw FormProblem("\(name): \(bits) bits") }
            kind = .integer(bytes: Int(bits) / 8)
        case 5: kind = .text
        case 12:
            let items = try field.tables(5)
            guard items.count == 1, try items[0].integer(UInt8.self, 2) == 5 else {
                throw FormProblem("\(name): a list of something else than texts")
            }
            kind = .texts
        case let type: throw FormProblem("\(name): type \(type ?? 0), which is not read")
        }
    }

    /// The column's values in the next columns and buffers of `batch`.
    func values(_ batch: inout ArrowBatch) throws(FormProblem) -> [ArrowTable.Value] {
        let count = try batch.nextColumn()
        switch kind {
        case .integer(let size): return try Self.integers(count, size, &batch)
        case .text: return try Self.texts(count, &batch).map { .text($0) }
        case .texts:
            let ends = try Self.offsets(count, &batch)
            let items = try Self.texts(try batch.nextColumn(), &batch)
            guard ends.last ?? 0 <= items.count else {
                throw FormProblem("a list that is too long")
            }
            return zip(ends, ends.dropFirst()).map { .texts(Array(items[$0..<$1])) }
        }
    }

    private static func integers(
        _ count: Int, _ size: Int, _ batch: inout ArrowBatch
    ) throws(FormProblem) -> [ArrowTable.Value] {
        let start = try batch.nextBuffer()
        var values: [ArrowTable.Value] = []
        for index in 0..<count {
            let place = start + index * size
            values.append(
                .integer(
                    size == 4
                        ? Int(try batch.bytes.integer(Int32.self, at: place))
                        : Int(try batch.bytes.integer(Int64.self, at: place))))
        }
        return values
    }

    private static func texts(
        _ count: Int, _ batch: inout ArrowBatch
    ) throws(FormProblem) -> [String] {
        let ends = try offsets(count, &batch)
        let start = try batch.nextBuffer()
        var texts: [String] = []
        for (from, to) in zip(ends, ends.dropFirst()) {
            texts.append(try batch.bytes.text(at: start + from, to - from))
        }
        return texts
    }

    /// Where values begin and the last one ends; never falling.
    private static func offsets(
        _ count: Int, _ batch: inout ArrowBatch
    ) throws(FormProblem) -> [Int] {
        let start = try batch.nextBuffer()
        var offsets: [Int] = []
        for index in 0...count {
            let offset = try batch.bytes.length(at: start + 4 * index)
            guard offset >= offsets.last ?? 0 else { throw FormProblem("offsets that fall") }
            offsets.append(offset)
        }
        return offsets
    }
}
