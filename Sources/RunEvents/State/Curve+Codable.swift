internal import Foundation

/// The stored form: `{"points": "...", "items": "...", "shift": 0, "isBounded": false}`.
///
/// `points` has four words of 64 bits a point, little-endian, in base64: step, tokens, and the bits of
/// seconds and value. `items` is there if a point has an error or a count, and has three words a point:
/// 1 for an error plus 2 for a count, the bits of the error, and the count.
extension Curve: Codable {
    private enum Key: String, CodingKey { case points, items, shift, isBounded }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let data = try values.decode(Data.self, forKey: .points)
        let words = Self.words(data)
        let items = try values.decodeIfPresent(Data.self, forKey: .items).map(Self.words)
        let count = words.count / 4
        var points = (0..<count).map { CurvePoint(words[($0 * 4)..<($0 * 4 + 4)]) }
        if let items {
            guard items.count == count * 3 else { throw Self.fault("items", decoder) }
            for index in points.indices { points[index].take(items[(index * 3)..<(index * 3 + 3)]) }
        }
        guard data.count == count * 32,
            let curve = Curve(
                points: points, shift: try values.decode(Int.self, forKey: .shift),
                isBounded: try values.decode(Bool.self, forKey: .isBounded))
        else { throw Self.fault("points", decoder) }
        self = curve
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        let points = points
        try values.encode(Self.data(points.flatMap(\.words)), forKey: .points)
        if points.contains(where: { $0.error != nil || $0.count != nil }) {
            try values.encode(Self.data(points.flatMap(\.itemWords)), forKey: .items)
        }
        try values.encode(shift, forKey: .shift)
        try values.encode(isBounded, forKey: .isBounded)
    }

    private static func data(_ words: [UInt64]) -> Data {
        words.map(\.littleEndian).withUnsafeBytes { Data($0) }
    }

    private static func words(_ data: Data) -> [UInt64] {
        data.withUnsafeBytes { bytes in
            (0..<(bytes.count / 8)).map {
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
            }
        }
    }

    private static func fault(_ key: String, _ decoder: any Decoder) -> DecodingError {
        .dataCorrupted(
            .init(codingPath: decoder.codingPath, debugDescription: "\(key) that make no curve"))
    }
}

extension CurvePoint {
    fileprivate var words: [UInt64] {
        [
            UInt64(bitPattern: Int64(step)), UInt64(bitPattern: Int64(tokens)), seconds.bitPattern,
            value.bitPattern,
        ]
    }

    fileprivate var itemWords: [UInt64] {
        [
            (error == nil ? 0 : 1) + (count == nil ? 0 : 2), (error ?? 0).bitPattern,
            UInt64(bitPattern: Int64(count ?? 0)),
        ]
    }

    fileprivate init(_ words: ArraySlice<UInt64>) {
        let first = words.startIndex
        self.init(
            step: Int(Int64(bitPattern: words[first])),
            tokens: Int(Int64(bitPattern: words[first + 1])),
            seconds: Double(bitPattern: words[first + 2]),
            value: Double(bitPattern: words[first + 3]))
    }

    fileprivate mutating func take(_ items: ArraySlice<UInt64>) {
        let first = items.startIndex
        if items[first] & 1 != 0 { error = Double(bitPattern: items[first + 1]) }
        if items[first] & 2 != 0 { count = Int(Int64(bitPattern: items[first + 2])) }
    }
}
