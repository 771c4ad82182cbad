/// A file of named tensors whose values can be read as 32-bit floats.
///
/// Names and layouts are those of Hugging Face models whatever the format of the file.
package protocol WeightFile: Sendable {
    /// The names of all tensors, sorted.
    var tensorNames: [String] { get }

    /// The shape of a tensor, outermost first, or nil if there is no such tensor.
    func shape(of name: String) -> [Int]?

    /// The format, whose names stand in messages.
    var format: ModelFormat { get }

    /// What the file itself calls a tensor of a Hugging Face name.
    func spelling(of name: String) -> String

    /// Reads a tensor in row-major order.
    ///
    /// - Precondition: `destination` has as many elements as the tensor.
    /// - Throws: `WeightFileError` if there is no such tensor or its type cannot be read.
    func read(
        _ name: String, into destination: UnsafeMutableBufferPointer<Float>
    ) throws(WeightFileError)
}

extension WeightFile {
    package var format: ModelFormat { .huggingFace }

    package func spelling(of name: String) -> String { name }

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
