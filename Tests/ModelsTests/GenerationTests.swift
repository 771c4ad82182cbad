import Kernels
import Models
import Tensors
import TestSupport
import Testing

@Suite struct GenerationTests {
    @Test("with a cache the greedy tokens are those of the whole forward pass")
    func cachedGenerationEqualsRecomputation() throws {
        var generator = SmallGenerator(state: 11)
        let model = try Transformer.initialised(smallConfiguration, using: &generator)
        for parameter in model.parameters where !parameter.name.hasSuffix("norm.weight") {
            parameter.fillNormal(deviation: 0.5, using: &generator)
        }
        let arena = Arena()
        let prompts: [[Int32]] = [[1, 5, 9], [2], [7, 7, 3, 0, 11, 4]]
        let continuations = try Generator(model: model, arena: arena, stopTokens: [])
            .generate(prompts, maxTokens: 9, using: &generator)
        for (prompt, continuation) in zip(prompts, continuations) {
            #expect(continuation.count == 9)
            var tokens = prompt
            for expected in continuation {
                let tape = Tape(arena: arena, isRecording: false)
                let hidden = model.hidden(
                    tokens, layout: SequenceLayout(offsets: [0, tokens.count]), on: tape)
                let logits = tape.logits(
                    hidden, head: model.output, rows: [Int32(tokens.count - 1)])
                let best = Sampler.greedy.choose(logits, using: &generator)
                tape.reset()
                #expect(best == expected)
                tokens.append(expected)
            }
        }
    }

    @Test("a shared prefix gives the log-likelihoods of whole sequences")
    func sharedPrefixEqualsWholeSequences() throws {
        var generator = SmallGenerator(state: 11)
        let model = try Transformer.initialised(smallConfiguration, using: &generator)
        for parameter in model.parameters where !parameter.name.hasSuffix("norm.weight") {
            parameter.fillNormal(deviation: 0.5, using: &generator)
        }
        let prompt: [Int32] = [1, 5, 9, 3]
        let options: [[Int32]] = [[2, 8], [7, 7, 3], [4]]
        var layout = SequenceLayout()
        let first = layout.append(count: prompt.count)
        for option in options { layout.append(count: option.count, continuing: first) }
        let tape = Tape(arena: Arena(), isRecording: false)
        let hidden = model.hidden(prompt + options.flatMap { $0 }, layout: layout, on: tape)
        let shared = Array(tape.values(hidden))
        for (index, option) in options.enumerated() {
            let whole = prompt + option
            let alone = Tape(arena: Arena(), isRecording: false)
            let rows = model.hidden(
                whole, layout: SequenceLayout(offsets: [0, whole.count]), on: alone)
            let start = layout.segments[index + 1].start * smallConfiguration.hiddenSize
            let count = option.count * smallConfiguration.hiddenSize
            expectClose(
                Array(shared[start..<start + count]),
                Array(Array(alone.values(rows)).suffix(count)), relative: 1e-4, absolute: 1e-5)
        }
    }
}
