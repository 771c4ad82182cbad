package import Tensors

/// Continues prompts token by token, many at a time, with a KV cache.
package struct Generator {
    package let model: Transformer
    package let arena: Arena
    package var sampler: Sampler
    /// Generation of a sequence ends after one of these tokens (which is not part of the result).
    package var stopTokens: Set<Int32>

    /// Bytes of cache beyond which prompts are handled in several groups.
    static let cacheLimit = 256 << 20

    package init(
        model: Transformer, arena: Arena, sampler: Sampler = .greedy, stopTokens: Set<Int32>
    ) {
        self.model = model
        self.arena = arena
        self.sampler = sampler
        self.stopTokens = stopTokens
    }

    /// The continuation of every prompt.
    ///
    /// Prompts too long for the model's context lose tokens at their start.
    /// - Parameters:
    ///   - prompts: At least one token each.
    ///   - maxTokens: The most new tokens a prompt gets.
    ///   - generator: Randomness for temperatures above 0.
    ///   - onToken: Called for every token as it is made, with the prompt's index; may end that
    ///     prompt's generation by returning false.
    /// - Returns: The new tokens of every prompt, without stop tokens.
    /// - Throws: `TensorError.outOfMemory`.
    package func generate(
        _ prompts: [[Int32]], maxTokens: Int, using generator: inout some RandomNumberGenerator,
        onToken: (_ prompt: Int, _ token: Int32) -> Bool = { _, _ in true }
    ) throws -> [[Int32]] {
        let context = model.configuration.maxSequenceLength
        precondition(maxTokens > 0 && maxTokens < context, "\(maxTokens) new tokens of \(context)")
        let kept = prompts.map { Array($0.suffix(context - maxTokens)) }
        precondition(kept.allSatisfy { !$0.isEmpty }, "an empty prompt")
        var results: [[Int32]] = []
        while results.count < kept.count {
            let first = results.count
            let group = groupSize(Array(kept[first...]), maxTokens: maxTokens)
            results += try generateGroup(
                Array(kept[first..<first + group]), maxTokens: maxTokens, using: &generator
            ) { onToken(first + $0, $1) }
        }
        return results
    }

    private func groupSize(_ prompts: [[Int32]], maxTokens: Int) -> Int {
        let bytes = KVCache.bytesPerToken(model.configuration)
        var longest = 0
        for (index, prompt) in prompts.enumerated() {
            longest = max(longest, prompt.count)
            if index > 0 && (index + 1) * (longest + maxTokens) * bytes > Self.cacheLimit {
                return index
            }
        }
        return prompts.count
    }

    private func generateGroup(
        _ prompts: [[Int32]], maxTokens: Int, using generator: inout some RandomNumberGenerator,
        onToken: (_ prompt: Int, _ token: Int32) -> Bool
    ) throws -> [[Int32]] {
        let longest = prompts.reduce(0) { max($0, $1.count) }
        let cache = try KVCache(
            model.configuration, sequenceCount: prompts.count, capacity: longest + maxTokens)
        var results = [[Int32]](repeating: [], count: prompts.count)
        var pending = prompts.enumerated().map { (sequence: $0.offset, tokens: $0.element) }
        while !pending.isEmpty {
            let slots = pending.map { item in
                let done = results[item.sequence].count
                let past = done == 0 ? 0 : prompts[item.sequence].count + done - 1
                return CacheSlot(sequence: item.sequence, past: past, count: item.tokens.count)
            }
            let chosen = step(pending.flatMap(\.tokens), slots, cache, using: &generator)
            var next: [(sequence: Int, tokens: [Int32])] = []
            for (item, token) in zip(pending, chosen) where !stopTokens.contains(token) {
                results[item.sequence].append(token)
                let goesOn = onToken(item.sequence, token)
                if goesOn && results[item.sequence].count < maxTokens {
                    next.append((item.sequence, [token]))
                }
            }
            pending = next
        }
        return results
    }

    /// Runs the new tokens and chooses the token after the last of each slot.
    private func step(
        _ tokens: [Int32], _ slots: [CacheSlot], _ cache: KVCache,
        using generator: inout some RandomNumberGenerator
    ) -> [Int32] {
        let tape = Tape(arena: arena, isRecording: false)
        defer { tape.reset() }
        let hidden = model.hidden(tokens, cache: cache, slots: slots, on: tape)
        var end: Int32 = -1
        let lastRows = slots.map { slot in
            end += Int32(slot.count)
            return end
        }
        let logits = tape.logits(hidden, head: model.output, rows: lastRows)
        let vocabulary = model.output.vocabulary
        return slots.indices.map { index in
            sampler.choose(
                UnsafeBufferPointer(
                    rebasing: logits[index * vocabulary..<(index + 1) * vocabulary]),
                using: &generator)
        }
    }
}
