/// A handle to a matrix [rows, columns] on a tape; valid until the tape is reset.
///
/// Rows are tokens, sequences one after another without padding.
package struct Tensor {
    package let rows: Int
    package let columns: Int
    let node: Int

    package var count: Int { rows * columns }

    /// Whether both are the same value.
    package func isSame(as other: Tensor) -> Bool { node == other.node }
}
