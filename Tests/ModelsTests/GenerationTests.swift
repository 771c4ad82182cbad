import Kernels
import Models
import Tensors
import TestSupport
import Testing

@Suite struct GenerationTests {
    /// A model of a family with a context of 160 tokens, five pages of a cache.
    private func model(_ name: String) throws -> Transformer {
        let json = SmallFamilies.json(name).replacing(
            #""max_position_embeddings": 32"#, with: #""max_position_embeddings": 160"#)
        return try SmallFamilies.model(SmallFamilies.configuration(json: json))
    }

    private func tokens(_ count: Int, seed: UInt64) -> [Int32] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in Int32.random(in: 0..<23, using: &random) }
    }

    /// Prompts of all kinds: two examples before short questions, two samples of one question, one that
    /// shares but a part, some that share nothing, one that is longer than the context.
    private var requests: [GenerationRequest] {
        let examples = tokens(70, seed: 1)
        let longer = examples + tokens(45, seed: 2)
        var prompts: [[Int32]] = (3..<8).map { examples + tokens(Int($0), seed: $0) }
        prompts += [longer, longer, longer + [4], Array(longer.prefix(100)) + [1, 2]]
        prompts += [Array(examples.prefix(40)), [2], tokens(33, seed: 9), tokens(200, seed: 10)]
        return prompts.enumerated().map {
            GenerationRequest(
                prompt: $0.element, maxTokens: 5 + $0.offset % 9, seed: UInt64($0.offset))
        }
    }

    private func generator(_ model: Transformer, _ sampler: Sampler = .greedy) -> Generator {
        Generator(model: model, arena: Arena(), sampler: sampler, stopTokens: [7])
    }

    @Test("over a cache the greedy tokens are those of the whole", arguments: SmallFamilies.names)
    func greedy(name: String) throws {
        let model = try model(name)
        let generated = try generator(model).generate(requests)
        #expect(generated.contains { $0.count > 4 })
        for (request, tokens) in zip(requests, generated) {
            var text = Array(request.prompt.suffix(160 - request.maxTokens))
            for token in tokens {
                #expect(try best(model, after: text) == token)
                text.append(token)
            }
            let isFull = tokens.count == request.maxTokens
            #expect(try isFull || best(model, after: text) == 7)
        }
    }

    private func best(_ model: Transformer, after text: [Int32]) throws -> Int32 {
        let tape = Tape(arena: Arena(), isRecording: false)
        defer { tape.reset() }
        let hidden = model.hidden(
            text, layout: SequenceLayout(offsets: [0, text.count]), on: tape)
        let logits = tape.logits(hidden, head: model.output, rows: [Int32(text.count - 1)])
        var unused = SplitMix64(seed: 0)
        return Sampler.greedy.choose(logits, using: &unused)
    }

    @Test(
        "drawn tokens do not depend on company, order or the room of the cache",
        arguments: SmallFamilies.names)
    func company(name: String) throws {
        let model = try model(name)
        let sampler = Sampler(temperature: 1, topP: 0.95)
        let together = try generator(model, sampler).generate(requests)
        #expect(together[5] != together[6], "two seeds drew the same tokens")
        for (request, tokens) in zip(requests, together) {
            #expect(try generator(model, sampler).generate([request]) == [tokens])
        }
        let backwards = try generator(model, sampler).generate(requests.reversed())
        #expect(backwards.reversed() == together)
        var narrow = generator(model, sampler)
        narrow.cacheLimit = 0
        #expect(try narrow.generate(requests) == together)
    }

    @Test("more prompts than are computed together are all continued, in order")
    func many() throws {
        let model = try smallModel()
        let prompts = (0..<150).map { tokens(1 + $0 % 20, seed: UInt64($0)) }
        let requests = prompts.map { GenerationRequest(prompt: $0, maxTokens: 1 + $0.count % 4) }
        var (told, made): ([GenerationProgress], [Int: [Int32]]) = ([], [:])
        let generated = try Generator(model: model, arena: Arena(), stopTokens: []).generate(
            requests, progress: { told.append($0) },
            onToken: { request, token in
                made[request, default: []].append(token)
                return request != 3
            })
        for (index, tokens) in generated.enumerated() {
            #expect(tokens == made[index])
            #expect(tokens.count == (index == 3 ? 1 : requests[index].maxTokens))
        }
        #expect(told.first.map { [$0.done, $0.total, $0.tokens] } == [0, 150, 0])
        #expect(told.last.map { $0.done < 150 && $0.done > 64 } == true)
        #expect(
            zip(told, told.dropFirst()).allSatisfy { $0.done <= $1.done && $0.tokens <= $1.tokens })
    }

    @Test("a generation is interrupted between two passes")
    func interruption() throws {
        struct Interruption: Error {}
        let generator = try Generator(model: smallModel(), arena: Arena(), stopTokens: [])
        #expect(throws: Interruption.self) {
            try generator.generate([.init(prompt: [1], maxTokens: 9)]) { progress in
                if progress.tokens == 3 { throw Interruption() }
            }
        }
        #expect(try generator.generate([]).isEmpty)
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
