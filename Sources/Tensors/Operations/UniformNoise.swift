internal import Kernels

extension Tape {
    /// Adds noise from U(−bound, bound) to some rows of a tensor in place.
    ///
    /// The noise is a function of the seed. Its gradient is that of the tensor, so nothing is
    /// recorded; in place is sound where no operation's gradient needs the tensor's value before.
    /// Without recording it does nothing.
    package func addUniformNoise(
        to rows: Range<Int>, of tensor: Tensor, bound: Float, seed: UInt64
    ) {
        guard isRecording else { return }
        precondition(
            rows.lowerBound >= 0 && rows.upperBound <= tensor.rows,
            "rows \(rows) of \(tensor.rows)")
        Elementwise.addUniformNoise(
            to: data(tensor) + rows.lowerBound * tensor.columns, bound: bound, seed: seed,
            count: rows.count * tensor.columns)
    }
}
