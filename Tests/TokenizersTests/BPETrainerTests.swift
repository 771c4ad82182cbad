import Testing
import Tokenizers

@Suite struct BPETrainerTests {
    @Test("the most frequent pair goes first, of equals the one with lower ids")
    func mergeOrder() throws {
        let tokenizer = try BPETrainer(vocabularySize: 260).train(["ab ab ab cd cd ef ef gh"])
        #expect(tokenizer.tokenText(256) == "ab")
        #expect(tokenizer.tokenText(257) == "cd")
        #expect(tokenizer.tokenText(258) == "ef")
        #expect(tokenizer.tokenText(259) == " ab")
    }

    @Test("merges and ids are those of Hugging Face's trainer (tokenizers 0.23.3)")
    func equalsHuggingFace() throws {
        let text =
            "she sells sea shells by the sea shore; the shells she sells are sea shells, "
            + "été après été"
        let tokenizer = try BPETrainer(vocabularySize: 290, specialTokens: ["<|end|>"]).train([text]
        )
        #expect(
            (257..<tokenizer.vocabularySize).map { tokenizer.tokenText(Int32($0)) } == [
                " s", "he", "ll", " se", "lls", "é", " she", " sea", " shells", "re", "the", "té",
                " a", " é", " the", " sells", " été",
            ])
        #expect(
            tokenizer.encode("she sees the shell by été")
                == [83, 258, 260, 69, 83, 271, 263, 259, 221, 66, 89, 273])
    }

    @Test("training stops where no pair is frequent enough")
    func minimumFrequency() throws {
        let tokenizer = try BPETrainer(vocabularySize: 1000, minimumFrequency: 3)
            .train(["abc abc", "abd"])
        #expect(tokenizer.vocabularySize == 257)
        #expect(tokenizer.tokenText(256) == "ab")
    }

    @Test("overlapping pairs are counted and merged from the left")
    func overlap() throws {
        let tokenizer = try BPETrainer(vocabularySize: 258, minimumFrequency: 1).train(["aaaaa"])
        #expect(tokenizer.encode("aaaaa").map(tokenizer.tokenText) == ["aa", "aaa"])
    }

    @Test("special tokens come first and are left out of the text")
    func specialTokens() throws {
        let trainer = BPETrainer(
            vocabularySize: 300, specialTokens: ["<|zz|>"], minimumFrequency: 1,
            beginningOfText: "<|zz|>")
        let tokenizer = try trainer.train(["ab<|zz|>ab<|zz|>"])
        #expect(tokenizer.vocabularySize == 258)
        #expect(tokenizer.encode("ab<|zz|>") == [257, 0])
        #expect(tokenizer.edges.beginning == 0)
    }

    @Test("the same text gives the same tokenizer, whatever its division")
    func determinism() throws {
        let sentences = (0..<200).map {
            "number \($0 * 7919 % 1000) is the \($0)th of the numbers. "
        }
        let trainer = BPETrainer(vocabularySize: 330)
        let first = try trainer.train(sentences)
        let second = try trainer.train(sentences.reversed())
        #expect(first.vocabularySize == 330)
        for id in 0..<330 { #expect(first.tokenText(Int32(id)) == second.tokenText(Int32(id))) }
    }

    @Test("a vocabulary without room for the bytes is refused")
    func tooSmall() {
        #expect(throws: TokenizerError.vocabularyTooSmall(requested: 256, least: 257)) {
            try BPETrainer(vocabularySize: 256, specialTokens: ["<|end|>"]).train([])
        }
    }
}
