/// Some of the items of a file, in the file's order.
package struct Sample<Item> {
    package let items: [Item]
    /// Where each stands in the file, counted from 1.
    package let places: [Int]
    /// How many items the file has.
    package let total: Int

    /// The seed of every drawn sample: the same items of a file for all arms, runs and studies.
    package static var seed: UInt64 { 0 }

    /// The whole file.
    package init(_ all: [Item]) { self.init(all.indices, of: all) }

    /// The first items of a file, at most `limit`; nil takes all.
    package init(first limit: Int?, of all: [Item]) {
        self.init(all.indices.prefix(limit ?? all.count), of: all)
    }

    /// At most `limit` items, drawn without replacement, each equally likely; nil takes all.
    ///
    /// Of two limits the smaller one's sample is a part of the larger one's.
    package init(drawing limit: Int?, of all: [Item]) {
        guard let limit, limit < all.count else {
            self.init(all)
            return
        }
        var random = SeededRandom(seed: Self.seed)
        self.init(random.shuffled(all.indices).prefix(limit).sorted(), of: all)
    }

    private init(items: [Item], places: [Int], total: Int) {
        self.items = items
        self.places = places
        self.total = total
    }

    /// The same sample of something that is made of the items.
    package func map<Other>(_ transform: (Item) throws -> Other) rethrows -> Sample<Other> {
        try numberedMap { item, _ in try transform(item) }
    }

    /// The same with each item's place.
    package func numberedMap<Other>(
        _ transform: (_ item: Item, _ place: Int) throws -> Other
    ) rethrows -> Sample<Other> {
        try Sample<Other>(
            items: zip(items, places).map { try transform($0, $1) }, places: places, total: total)
    }

    /// Each item with what was made of it.
    package func zipped<Other>(with other: Sample<Other>) -> Sample<(Item, Other)> {
        Sample<(Item, Other)>(
            items: Array(zip(items, other.items)), places: places, total: total)
    }

    /// The part of the sample whose items fulfil a condition.
    package func filter(_ isKept: (Item) -> Bool) -> Sample {
        let kept = zip(items, places).filter { isKept($0.0) }
        return Sample(items: kept.map(\.0), places: kept.map(\.1), total: total)
    }

    private init(_ indices: some Sequence<Int>, of all: [Item]) {
        places = indices.map { $0 + 1 }
        items = places.map { all[$0 - 1] }
        total = all.count
    }
}

extension Sample: Sendable where Item: Sendable {}
