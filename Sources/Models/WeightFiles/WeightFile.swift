package import Foundation

/// A file of named tensors whose values can be read as 32-bit floats.
///
/// Names and layouts are those of Hugging Face models whatever the format of the file.
package protocol WeightFile: Sendable {
    /// The names of all tensors, sorted.
    var tensorNames: [String] { get }

    /// The shape of a tensor, outermost first, or nil if there is no such tensor.
    func shape(of name: String) -> [Int]?

    /// Reads a tensor in row-major order.
    ///
    /// - Precondition: `destination` has as many elements as the tensor.
    /// - Throws: `WeightFileError` if there is no such tensor or its type cannot be read.
    func read(
        _ name: String, into destination: UnsafeMutableBufferPointer<Float>
    ) throws(WeightFileError)
}

extension WeightFile {
    /// The values of a tensor in row-major order.
    ///
    /// - Throws: `WeightFileError`, as ``read(_:into:)``.
    package func readFloats(_ name: String) throws(WeightFileError) -> [Float] {
        let count = (shape(of: name) ?? []).reduce(1, *)
        var failure: WeightFileError?
        let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            let destination = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
            destination.initialize(repeating: 0)
            initialized = count
            do throws(WeightFileError) {
                try read(name, into: destination)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return values
    }
}

/// What the weights in a folder are called, as Hugging Face has them.
package enum WeightFileName {
    package static let whole = "model.safetensors"
    /// Of weights in several files.
    package static let index = "model.safetensors.index.json"
}

/// Opens the weights at `url`: a `.gguf` file, a `.safetensors` file or its index, or a folder
/// with `model.safetensors` or `model.safetensors.index.json`.
///
/// - Throws: `WeightFileError` if there is nothing of the kind or the file is damaged.
package func openWeightFile(at url: URL) throws(WeightFileError) -> any WeightFile {
    switch url.pathExtension {
    case "gguf": return try GGUFFile(url)
    case "safetensors": return try SafetensorsFile(url)
    case "json": return try ShardedSafetensors(index: url)
    default:
        let index = url.appending(path: WeightFileName.index)
        if FileManager.default.fileExists(atPath: index.path) {
            return try ShardedSafetensors(index: index)
        }
        return try SafetensorsFile(url.appending(path: WeightFileName.whole))
    }
}
