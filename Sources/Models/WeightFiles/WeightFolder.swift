package import Foundation

/// What the weights in a folder are called, as Hugging Face has them.
package enum WeightFileName {
    package static let whole = "model.safetensors"
    /// Of weights in several files.
    package static let index = "model.safetensors.index.json"

    /// Of one of several files, counted from 0.
    static func part(_ index: Int, of count: Int) -> String {
        func digits(_ number: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, 5 - text.count)) + text
        }
        return "model-\(digits(index + 1))-of-\(digits(count)).safetensors"
    }
}

/// Opens the weights at `url`: a `.gguf` file, a `.safetensors` file or its index, or a folder
/// with `model.safetensors` or `model.safetensors.index.json`.
///
/// - Throws: `WeightFileError` if there is nothing of the kind, a folder has both and they are not
///   the same, or the file is damaged.
package func openWeightFile(at url: URL) throws(WeightFileError) -> any WeightFile {
    switch url.pathExtension {
    case "gguf": try GGUFFile(url)
    case "safetensors": try SafetensorsFile(url)
    case "json": try ShardedSafetensors(index: url)
    default: try WeightFolder(url: url).open()
    }
}

/// A folder that should hold a model's weights.
private struct WeightFolder {
    let url: URL

    func open() throws(WeightFileError) -> any WeightFile {
        let index = url.appending(path: WeightFileName.index)
        let whole = url.appending(path: WeightFileName.whole)
        switch (exists(index), exists(whole)) {
        case (false, true): return try SafetensorsFile(whole)
        case (true, false): return try ShardedSafetensors(index: index)
        case (true, true):
            let sharded = try ShardedSafetensors.fileNames(inIndex: index)
            guard sharded == [WeightFileName.whole] else {
                throw .noWeights(
                    path: url.path,
                    reason: "there are both \(WeightFileName.whole) and a "
                        + "\(WeightFileName.index) of other files; remove what is out of date")
            }
            return try ShardedSafetensors(index: index)
        case (false, false): throw .noWeights(path: url.path, reason: reason)
        }
    }

    private func exists(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path) }

    /// What lies in the folder instead.
    private var reason: String {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        let kinds: [(suffix: String, advice: String)] = [
            (".gguf", "is a model by itself; name it instead of the folder"),
            (".safetensors", "has no \(WeightFileName.index) that names it"),
            (".bin", "is PyTorch's format, which can run programs; save it as safetensors"),
            (".pth", "is PyTorch's format, which can run programs; save it as safetensors"),
        ]
        for (suffix, advice) in kinds {
            if let name = names.sorted().first(where: { $0.hasSuffix(suffix) }) {
                return "\(name) \(advice)"
            }
        }
        return "neither \(WeightFileName.whole) nor \(WeightFileName.index) is there"
    }
}
