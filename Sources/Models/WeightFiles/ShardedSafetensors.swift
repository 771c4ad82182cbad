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
    /// - Throws: `WeightFileError` if a file cannot be read, lacks a tensor, or has one that the index
    ///   does not know or knows to be elsewhere.
    package init(index url: URL) throws(WeightFileError) {
        path = url.path
        let weightMap = try Self.weightMap(url)
        var shards: [String: SafetensorsFile] = [:]
        for name in Set(weightMap.values).sorted() {
            let shard = try SafetensorsFile(url.deletingLastPathComponent().appending(path: name))
            if let tensor = shard.tensorNames.first(where: { weightMap[$0] != name }) {
                throw .badField(
                    path: url.path, field: "weight_map", found: "without \(tensor) of \(name)",
                    expected: "an entry for every tensor of its files")
            }
            shards[name] = shard
        }
        self.weightMap = weightMap
        self.shards = shards
        for name in tensorNames where shape(of: name) == nil {
            throw .unknownTensor(path: weightMap[name] ?? path, tensor: name)
        }
    }

    /// The names of the files that an index speaks of.
    ///
    /// - Throws: `WeightFileError` if there is no index, or it names a place outside its folder.
    static func fileNames(inIndex url: URL) throws(WeightFileError) -> Set<String> {
        Set(try weightMap(url).values)
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
        let map: [String: String]
        do {
            map = try JSONDecoder().decode(Index.self, from: Data(mapping: url)).weightMap
        } catch let error as WeightFileError {
            throw error
        } catch {
            throw .badField(
                path: url.path, field: "the index", found: "no weight_map",
                expected: "a JSON object with weight_map, tensor name to file name")
        }
        let outside = map.values.sorted().first { name in
            name.isEmpty || name == "." || name == ".." || name.contains("/")
        }
        guard let outside else { return map }
        throw .badField(
            path: url.path, field: "weight_map", found: outside,
            expected: "the name of a file beside the index")
    }
}
