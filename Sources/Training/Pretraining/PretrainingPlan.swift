package import Datasets
package import Models
package import Tokenizers

/// What is pretrained on what: everything that decides the result.
package struct PretrainingPlan: Sendable {
    package var model: ModelConfiguration
    package var steps: Int
    package var batchSize: Int
    package var sequenceLength: Int
    package var learningRate: Double
    package var warmupSteps: Int
    package var seed: UInt64
    /// Characters of text that the vocabulary is learnt from.
    package var vocabularyText: Int

    /// The plan of the embedded base model `tiny`: 1.05 million parameters on the world.
    package static let tiny = PretrainingPlan(
        model: ModelConfiguration(
            hiddenSize: 128, intermediateSize: 384, layerCount: 4, headCount: 4, kvHeadCount: 2,
            vocabularySize: 2048, maxSequenceLength: 256),
        steps: 4500, batchSize: 16, sequenceLength: 256, learningRate: 4e-3, warmupSteps: 100,
        seed: 1, vocabularyText: 2_000_000)

    /// The token that ends every document and every answer.
    package static let endOfText = "<|endoftext|>"

    /// Learns the vocabulary from the start of the corpus.
    ///
    /// - Throws: `TokenizerError` if the text is too small for the vocabulary.
    package func makeTokenizer() throws -> Tokenizer {
        var (texts, length): ([String], Int) = ([], 0)
        for document in WorldCorpus().documents {
            texts.append(document)
            length += document.utf8.count
            if length >= vocabularyText { break }
        }
        return try BPETrainer(
            vocabularySize: model.vocabularySize, specialTokens: [Self.endOfText],
            preTokenizer: .smollm, endOfText: Self.endOfText
        ).train(texts)
    }

    /// The corpus as packed rows, enough for every step to see new text.
    ///
    /// - Throws: `DatasetError.textTooShort` never, for a plan with at least one step.
    package func makeExamples(_ tokenizer: Tokenizer) throws -> [TokenizedExample] {
        let needed = steps * batchSize * sequenceLength + sequenceLength + 1
        var (texts, count): ([String], Int) = ([], 0)
        for document in WorldCorpus().documents {
            texts.append(document)
            count += tokenizer.encodeOrdinary(document).count + 1
            if count >= needed { break }
        }
        return try PackedText(texts, sequenceLength: sequenceLength, encoder: tokenizer).rows
    }
}
