package import Foundation
internal import RunEvents

/// Where a base's own scores stay from run to run; implemented by whoever keeps files.
package protocol BaseScoreStore {
    /// What was kept for this base on these data; nil if there is nothing.
    func read() -> Data?
    /// Keeps scores, if that is possible.
    func write(_ data: Data)
    /// Is told whether what was read could be used.
    func tell(_ use: BaseScoreUse)
}

/// What became of scores that were read.
package enum BaseScoreUse: Sendable, Equatable {
    /// They stand for measuring the base, which had taken so long.
    case taken(seconds: Double)
    /// They are not those of these items, or damaged; the base is measured.
    case refused
}

/// What each item added to the numbers of a base model, and how long measuring it took.
struct BaseScores: Codable, Equatable {
    struct Entry: Codable, Equatable {
        let items: ItemSet
        let sums: [Double]
    }

    private static let version = 1
    private var schemaVersion = version
    let seconds: Double
    private let entries: [Entry]

    init(_ sets: [ItemSet], _ measurements: [Measurement], seconds: Double) {
        let sums = Dictionary(measurements.map { ($0.key, $0.sums) }) { first, _ in first }
        self.seconds = seconds
        entries = sets.compactMap { set in
            sums[set.key].flatMap { $0 }.map { Entry(items: set, sums: $0) }
        }
    }

    /// Reads what `write` of a store was given, which may be anything.
    ///
    /// - Returns: nil unless it is whole and of exactly these items.
    init?(_ data: Data, of sets: [ItemSet]) {
        guard let stored = try? JSONDecoder().decode(BaseScores.self, from: data),
            stored.schemaVersion == Self.version, stored.entries.map(\.items) == sets,
            stored.entries.allSatisfy({ $0.isPossible }),
            stored.seconds >= 0, stored.seconds < 1e9
        else { return nil }
        self = stored
    }

    /// The stored form; nil where a sum is not a number.
    var data: Data? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try? encoder.encode(self)
    }

    var sums: [MeasureKey: [Double]] {
        Dictionary(entries.map { ($0.items.key, $0.sums) }) { first, _ in first }
    }
}

extension BaseScores.Entry {
    fileprivate var isPossible: Bool {
        sums.count == items.counts.count && sums.allSatisfy { $0 >= 0 && $0.isFinite }
    }
}

extension BaseScoreStore {
    /// What was kept, if it is of these items.
    func scores(of sets: [ItemSet]) -> BaseScores? {
        guard let data = read() else { return nil }
        let scores = BaseScores(data, of: sets)
        tell(scores.map { .taken(seconds: $0.seconds) } ?? .refused)
        return scores
    }
}
