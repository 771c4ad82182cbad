/// What makes logits of hidden rows: a projection to the vocabulary, and perhaps a cap.
package struct OutputHead {
    /// [vocabulary, channels].
    package let weight: Parameter
    /// The most that a logit can come to, by cap · tanh(logit / cap); nil for no limit.
    package let softCap: Float?

    package init(_ weight: Parameter, softCap: Float? = nil) {
        self.weight = weight
        self.softCap = softCap
    }

    package var vocabulary: Int { weight.rows }
    var channels: Int { weight.columns }
}
