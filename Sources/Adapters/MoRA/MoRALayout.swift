internal import Kernels

/// The maps around MoRA's square matrix, for one shape of projection.
struct MoRALayout {
    /// Width of the matrix.
    let size: Int
    /// Blocks of the compressed input.
    let blockCount: Int
    /// From the input to `blockCount` · `size` columns.
    let compress: ColumnRoutes
    /// From there to the output; every output has at most one source.
    let decompress: ColumnRoutes

    var width: Int { blockCount * size }

    /// - Precondition: `size` is at most `rows` (outputs) and `columns` (inputs).
    init(_ kind: MoRAOperator, size: Int, rows: Int, columns: Int) {
        precondition(size > 0 && size <= min(rows, columns), "\(size) in [\(rows), \(columns)]")
        let repeats = (columns + size - 1) / size
        self.size = size
        blockCount = kind.blockCount(size: size, columns: columns)
        switch kind {
        case .truncation:
            let same = (0..<size).map { (source: $0, target: $0) }
            compress = ColumnRoutes(same)
            decompress = ColumnRoutes(same)
        case .sharing:
            compress = ColumnRoutes(
                (0..<repeats * size).map { (source: $0 % columns, target: $0 % size) })
            decompress = ColumnRoutes((0..<rows).map { (source: $0 % size, target: $0) })
        case .contiguous:
            let groups = Self.groups(of: columns, count: size)
            compress = ColumnRoutes((0..<columns).map { (source: $0, target: groups[$0]) })
            let copies = Self.groups(of: rows, count: size)
            decompress = ColumnRoutes((0..<rows).map { (source: copies[$0], target: $0) })
        case .decouple, .rotation:
            let width = repeats * size
            compress = ColumnRoutes((0..<width).map { (source: $0 % columns, target: $0) })
            decompress = ColumnRoutes((0..<rows).map { (source: $0 % width, target: $0) })
        }
    }

    /// The group of every index when the first groups are one longer than the rest.
    private static func groups(of total: Int, count: Int) -> [Int] {
        let (least, longer) = (total / count, total % count)
        return (0..<count).flatMap { group in
            Array(repeating: group, count: least + (group < longer ? 1 : 0))
        }
    }
}
