internal import Kernels
internal import Tensors

extension Transformer {
    /// Runs a few tokens to see whether anything comes of the weights, which can be finite and still
    /// too large: the scores of such a model would mean nothing.
    ///
    /// - Parameter path: The file's name for error messages.
    /// - Throws: `ModelFolderError.badTensors`.
    package func checkOutput(path: String) throws(ModelFolderError) {
        let tokens = Array(
            0..<Int32(min(8, configuration.vocabularySize, configuration.maxSequenceLength)))
        let tape = Tape(arena: Arena(), isRecording: false)
        defer { tape.reset() }
        let hidden = hidden(tokens, layout: SequenceLayout(offsets: [0, tokens.count]), on: tape)
        let logits = tape.logits(hidden, head: output, rows: [Int32(tokens.count - 1)])
        guard let base = logits.baseAddress, !Elementwise.areFinite(base, count: logits.count)
        else {
            return
        }
        throw .badTensors(
            path: path,
            ["the weights are finite, but what the model makes of them is not: some are too large"])
    }
}
