/// A named weight of a model, [rows, columns]; a vector has one row.
///
/// A class, because identity matters: optimiser state belongs to a parameter, and several models
/// may share a frozen one.
package final class Parameter {
    /// The name under which it is stored, as in Hugging Face files.
    package let name: String
    package let rows: Int
    package let columns: Int
    /// Whether it is stored with one dimension.
    package let isVector: Bool
    package let storage: Storage
    /// Whether the backward pass computes a gradient for it.
    package var isTrainable: Bool
    /// What the optimiser multiplies the learning rate by for this parameter alone.
    package var learningRateFactor = 1.0
    /// The gradient of the current step, in the tape's arena; nil until something reaches the
    /// parameter.
    ///
    /// Valid until the tape is reset.
    package internal(set) var gradient: UnsafeMutablePointer<Float>?

    /// The shape in files: vectors have one dimension.
    package var storedShape: [Int] { isVector ? [columns] : [rows, columns] }

    package var count: Int { storage.count }
    package var values: UnsafeMutablePointer<Float> { storage.base }

    /// A parameter of zeros.
    package init(
        _ name: String, rows: Int, columns: Int, isVector: Bool = false, isTrainable: Bool
    ) throws(TensorError) {
        precondition(rows > 0 && columns > 0, "\(name): shape [\(rows), \(columns)]")
        precondition(!isVector || rows == 1, "\(name): a vector of \(rows) rows")
        self.name = name
        self.rows = rows
        self.columns = columns
        self.isVector = isVector
        self.isTrainable = isTrainable
        let (count, isTooMuch) = rows.multipliedReportingOverflow(by: columns)
        guard !isTooMuch else { throw .lacking(.max) }
        storage = try Storage(count: count)
    }

    /// A parameter with the same contents in memory of its own.
    package func copy(isTrainable: Bool) throws(TensorError) -> Parameter {
        let copy = try Parameter(
            name, rows: rows, columns: columns, isVector: isVector, isTrainable: isTrainable)
        copy.values.update(from: values, count: count)
        return copy
    }

    /// Forgets the gradient; its memory belongs to the arena.
    package func clearGradient() { gradient = nil }
}
