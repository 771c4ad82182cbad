import Datasets
import Evaluation
import Foundation
import Models
import TestSupport
import Tensors
import Tokenizers

/// A character is a token; 0 ends a text.
struct CharacterEncoder: TextEncoder {
    var edges: TextEdges { TextEdges(ends: [0]) }

    func encode(_ text: String) -> [Int32] {
        text.unicodeScalars.map { 1 + Int32($0.value * 7 % 22) }
    }

    func encodeOrdinary(_ text: String) -> [Int32] { encode(text) }
    func decodeBytes(_ ids: [Int32]) -> [UInt8] { [] }
    func id(ofSpecial text: String) -> Int32? { nil }
}

let scoringConfiguration: ModelConfiguration = {
    var configuration = smallConfiguration
    configuration.maxSequenceLength = 64
    return configuration
}()

/// The sum of the log-likelihoods of `ids[start...]`, one sequence alone.
func naiveLogLikelihood(_ ids: [Int32], from start: Int, _ model: Transformer) -> Double {
    let tape = Tape(arena: Arena(), isRecording: false)
    defer { tape.reset() }
    let tokens = Array(ids.dropLast())
    let hidden = model.hidden(tokens, layout: SequenceLayout(offsets: [0, tokens.count]), on: tape)
    return (start..<ids.count).reduce(0.0) { sum, position in
        let logits = tape.logits(hidden, head: model.output, rows: [Int32(position - 1)])
        return sum + Double(logits[Int(ids[position])]) - logSumExp(logits)
    }
}

private func logSumExp(_ x: UnsafeBufferPointer<Float>) -> Double {
    let largest = Double(x.max() ?? 0)
    return largest + log(x.reduce(0) { $0 + exp(Double($1) - largest) })
}

struct Interruption: Error {}
