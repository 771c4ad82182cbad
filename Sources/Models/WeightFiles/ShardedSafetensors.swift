package import Foundation

/// A model in several safetensors files with a `model.safetensors.index.json` that says which
/// file holds which tensor.
package struct ShardedSafetensors: WeightFile {
    private struct Index: Decodable {
        let weightMap: [String: String]

        enum CodingKeys: String, CodingKey {
            case weightMap = "weight_map"
        }
    }

    private let path: String
    private let shards: [String: SafetensorsFile]
    private let weightMap: [String: String]

    /// Opens the index and every file that it names, which must lie beside it.
    ///
    /// - Throws: `WeightFileError` if a file cannot be read or lacks a tensor.
    package init(index url: URL) throws(WeightFileError) {
        path = url.path
        weightMap = try Self.weightMap(url)
        var shards: [String: SafetensorsFile] = [:]
        for name in Set(weightMap.values).sorted() {
            guard !name.isEmpty, name != "..", !name.contains("/") else {
                throw .badField(
                    path: path, field: "weight_map", found: name,
                    expected: "the name of a file beside the index")
            }
            shards[name] = try SafetensorsFile(
                url.deletingLastPathComponent().appending(path: name))
        }
        self.shards = shards
        for name in tensorNames where shape(of: name) == nil {
            throw .unknownTensor(path: weightMap[name] ?? path, tensor: name)
        }
    }

    package var tensorNames: [String] { weightMap.keys.sorted() }

    package func shape(of name: String) -> [Int]? { shard(of: name)?.shape(of: name) }

    package func read(
        _ name: String, into destination: UnsafeMutableBufferPointer<Float>
    ) throws(WeightFileError) {
        guard let shard = shard(of: name) else { throw .unknownTensor(path: path, tensor: name) }
        try shard.read(name, into: destination)
    }

    private func shard(of name: String) -> SafetensorsFile? {
        weightMap[name].flatMap { shards[$0] }
    }

    private static func weightMap(_ url: URL) throws(WeightFileError) -> [String: String] {
        do {
            return try JSONDecoder().decode(Index.self, from: Data(contentsOf: url)).weightMap
        } catch is DecodingError {
            throw .badField(
                path: url.path, field: "the index", found: "no weight_map",
                expected: "a JSON object with weight_map, tensor name to file name")
        } catch {
            throw .unreadable(path: url.path, reason: error.localizedDescription)
        }
    }
}
