/// Finds room for arm letters beside the ends of their lines.
///
/// Letters of ends that are close to each other stand one under the other in the order of the
/// ends, each as near to its end's row as the others allow.
struct LetterPlacement {
    /// The cell at which a line ends, and the columns of what is to be written beside it.
    struct End: Equatable {
        var row: Int
        var column: Int
        var width = 1
    }

    private typealias Spot = (row: Int, column: Int)

    let region: Region
    /// Ends up to this many columns apart share a column of letters.
    private static let reach = 2

    /// The first cell of the text beside each of `ends`, which are ordered from top to bottom where
    /// they are in one row; nil where all cells around are taken by other letters.
    func places(for ends: [End]) -> [(row: Int, column: Int)?] {
        var places = [Spot?](repeating: nil, count: ends.count)
        var taken: Set<[Int]> = []
        guard !region.isEmpty else { return places }
        for cluster in clusters(of: ends) {
            for (index, wanted) in zip(cluster, spots(of: cluster, ends)) {
                let cells = { (spot: Spot) in
                    (0..<ends[index].width).map { [spot.row, spot.column + $0] }
                }
                let free = near(wanted).first { taken.isDisjoint(with: cells($0)) }
                if let free { taken.formUnion(cells(free)) }
                places[index] = free
            }
        }
        return places
    }

    /// Places in `ends`, those of neighbouring columns together, from top to bottom.
    private func clusters(of ends: [End]) -> [[Int]] {
        var clusters: [[Int]] = []
        var first = Int.min / 2
        for index in ends.indices.sorted(by: { ends[$0].column < ends[$1].column }) {
            if ends[index].column - first > Self.reach {
                clusters.append([])
                first = ends[index].column
            }
            clusters[clusters.count - 1].append(index)
        }
        return clusters.map { cluster in
            cluster.sorted { (ends[$0].row, $0) < (ends[$1].row, $1) }
        }
    }

    /// Where the letters of a cluster stand: in the column after its ends, in several columns if
    /// there are more letters than rows.
    private func spots(of cluster: [Int], _ ends: [End]) -> [Spot] {
        let lanes = (cluster.count + region.rows - 1) / region.rows
        let width = cluster.map { ends[$0].width }.max() ?? 1
        let edge = cluster.map { ends[$0].column + 1 }.max() ?? 0
        let start = max(region.column, min(edge, region.endColumn - lanes * width))
        var spots = cluster.map { (row: ends[$0].row, column: start) }
        for lane in 0..<lanes {
            let members = Array(stride(from: lane, to: cluster.count, by: lanes))
            let wanted = members.map { spots[$0].row - region.row }
            for (member, row) in zip(members, Self.spread(wanted, count: region.rows)) {
                spots[member] = (region.row + row, start + lane * width)
            }
        }
        return spots
    }

    /// The spot itself and those above and below it, the nearest first.
    private func near(_ spot: Spot) -> [Spot] {
        (region.row..<region.endRow).sorted { abs($0 - spot.row) < abs($1 - spot.row) }
            .map { ($0, spot.column) }
    }

    /// Whole numbers from 0 to `count - 1`, each greater than the one before, with the least sum of
    /// squared distances from `wanted`, which ascends: pool adjacent violators (Ayer and others
    /// 1955).
    static func spread(_ wanted: [Int], count: Int) -> [Int] {
        var pools: [(sum: Double, size: Int)] = []
        for (index, value) in wanted.enumerated() {
            pools.append((Double(value - index), 1))
            while pools.count > 1, let last = pools.last,
                case let before = pools[pools.count - 2],
                before.sum / Double(before.size) >= last.sum / Double(last.size)
            {
                pools.removeLast()
                pools[pools.count - 1] = (before.sum + last.sum, before.size + last.size)
            }
        }
        let offsets = pools.flatMap { pool in
            Array(repeating: Int((pool.sum / Double(pool.size)).rounded()), count: pool.size)
        }
        let most = max(0, count - wanted.count)
        return offsets.enumerated().map { min(max($0.element, 0), most) + $0.offset }
    }
}
