internal import Kernels
package import Tensors

/// Continues prompts token by token, many at a time, over a cache of keys and values.
///
/// What prompts have in common at their beginnings is computed once. When a sequence ends the next
/// prompt takes its place. A sequence's tokens depend on its prompt, its seed and the sampler, not on
/// what is generated with it nor on the order: rows of projections and attention have the same bits in
/// every company, with every adapter.
package struct Generator {
    package let model: Transformer
    package let arena: Arena
    package var sampler: Sampler
    /// Generation of a sequence ends after one of these tokens (which is not part of the result).
    package var stopTokens: Set<Int32>
    /// The most bytes of the cache, if they are enough for two of the longest sequences.
    package var cacheLimit = 512 << 20

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
    /// Prompts that leave no room for their new tokens in the model's context lose tokens at their start.
    /// - Parameters:
    ///   - requests: What to continue.
    ///   - progress: Called before every pass over the model; what it throws ends the generation.
    ///   - onToken: Called for every token as it is made, with the request's index; may end that
    ///     request's generation by returning false. Tokens of different requests come in any order.
    ///   - onEnd: Told all new tokens of a request as soon as it has the last of them.
    /// - Returns: The new tokens of every request in order, without stop tokens.
    /// - Throws: What `progress` throws; `TensorError.outOfMemory`.
    package func generate(
        _ requests: [GenerationRequest],
        progress: (GenerationProgress) throws -> Void = { _ in },
        onToken: (_ request: Int, _ token: Int32) -> Bool = { _, _ in true },
        onEnd: (_ request: Int, _ tokens: [Int32]) -> Void = { _, _ in }
    ) throws -> [[Int32]] {
        guard !requests.isEmpty else { return [] }
        let prompts = requests.map(keptPrompt)
        let tree = PromptTree(prompts)
        let batch = GenerationBatch(
            prompts, tree: tree, cache: try cache(for: requests, prompts, tree))
        var randoms = requests.map { SplitMix64(seed: $0.seed) }
        var results = requests.map { _ in [Int32]() }
        var told = GenerationProgress(done: 0, total: requests.count, tokens: 0)
        while !batch.isDone {
            try progress(told)
            batch.admit()
            var done: Set<Int> = []
            for (member, request, token) in pass(batch, using: &randoms) {
                let isEnd = stopTokens.contains(token)
                if !isEnd {
                    results[request].append(token)
                    batch.append(token, to: member)
                    told.tokens += 1
                }
                let isFull = results[request].count == requests[request].maxTokens
                guard isEnd || !onToken(request, token) || isFull else { continue }
                done.insert(member)
                onEnd(request, results[request])
            }
            batch.remove(done)
            told.done += done.count
        }
        return results
    }

    private func keptPrompt(_ request: GenerationRequest) -> [Int32] {
        let context = model.configuration.maxSequenceLength
        precondition(
            request.maxTokens > 0 && request.maxTokens < context,
            "\(request.maxTokens) new tokens of \(context)")
        precondition(!request.prompt.isEmpty, "an empty prompt")
        return Array(request.prompt.suffix(context - request.maxTokens))
    }

    /// As many pages as the sequences that are computed together can need, or as the limit or a quarter
    /// of the memory that is free gives.
    ///
    /// Two of the longest sequences always have room, each with the branches that it continues.
    private func cache(
        for requests: [GenerationRequest], _ prompts: [[Int32]], _ tree: PromptTree
    ) throws(TensorError) -> KVCache {
        let needed = zip(requests, prompts)
            .map { KVCache.pages(tokens: $0.maxTokens + $1.count) }
            .sorted(by: >).prefix(GenerationBatch.memberLimit)
        let shared = tree.branches.reduce(0) { $0 + KVCache.pages(tokens: $1.length) }
        let bytes = min(cacheLimit, Memory.freeBytes / 4)
        let most = max(
            bytes / KVCache.pageBytes(model.configuration), 2 * (needed.first ?? 0) + 2)
        return try KVCache(
            model.configuration, pageCount: min(needed.reduce(shared, +), most))
    }

    /// Computes the next tokens of the batch and chooses the token after each sequence that is whole.
    private func pass(
        _ batch: GenerationBatch, using randoms: inout [SplitMix64]
    ) -> [(member: Int, request: Int, token: Int32)] {
        let turns = batch.nextPass()
        let tape = Tape(arena: arena, isRecording: false, keepsRowsApart: true)
        defer { tape.reset() }
        let hidden = hidden(batch, turns, on: tape)
        batch.advance(turns)
        let whole = wholeRequests(batch, turns)
        guard !whole.isEmpty else { return [] }
        let logits = tape.logits(hidden, head: model.output, rows: whole.map(\.row))
        let tokens = choose(logits, for: whole.map(\.request), using: &randoms)
        return zip(whole, tokens).map { ($0.member, $0.request, $1) }
    }

    /// The next token of each request; every one has random numbers of its own.
    private func choose(
        _ logits: UnsafeBufferPointer<Float>, for requests: [Int], using randoms: inout [SplitMix64]
    ) -> [Int32] {
        let vocabulary = model.output.vocabulary
        var tokens = requests.map { _ in Int32(0) }
        tokens.withUnsafeMutableBufferPointer { tokens in
            randoms.withUnsafeMutableBufferPointer { randoms in
                Workers.run(requests.count) { index, _ in
                    let own = logits[index * vocabulary..<(index + 1) * vocabulary]
                    tokens[index] = sampler.choose(
                        UnsafeBufferPointer(rebasing: own), using: &randoms[requests[index]])
                }
            }
        }
        return tokens
    }

    private func hidden(
        _ batch: GenerationBatch, _ turns: [GenerationBatch.Turn], on tape: Tape
    ) -> Tensor {
        var (tokens, slots): ([Int32], [CacheSlot]) = ([], [])
        for turn in turns {
            let member = batch.members[turn.member]
            tokens += member.tokens[member.past..<member.past + turn.count]
            slots.append(CacheSlot(pages: member.pages, past: member.past, count: turn.count))
        }
        return model.hidden(tokens, cache: batch.cache, slots: slots, on: tape)
    }

    /// Requests all of whose tokens are computed, with the row of the last one.
    private func wholeRequests(
        _ batch: GenerationBatch, _ turns: [GenerationBatch.Turn]
    ) -> [(member: Int, request: Int, row: Int32)] {
        var row: Int32 = -1
        return turns.compactMap { turn in
            row += Int32(turn.count)
            let member = batch.members[turn.member]
            guard case .request(let request) = member.purpose, member.pending == 0 else {
                return nil
            }
            return (turn.member, request, row)
        }
    }
}
