/// A record as a template lays it out, without the mark at its end.
package struct LaidOutRecord: Sendable, Equatable {
    /// What a model is given to answer; empty for plain text.
    package let request: [TextSpan]
    /// What the template writes between the request and the answer, which a model has to write itself.
    package let opening: [TextSpan]
    /// The answer as the template shows it, without the blanks of ``lead``.
    package let answer: String
    /// The blanks of the prompt's marks that are encoded with the answer.
    package let lead: String

    /// - Parameters:
    ///   - request: The spans before the answer, whose blanks are still the marks'.
    ///   - opening: Those of them that a model has to write.
    ///   - answer: The answer.
    init(request: [TextSpan], opening: [TextSpan] = [], answer: String) {
        let spans = (request + opening + [TextSpan(answer, .response)]).handingOnBlanks()
        self.request = spans.prefix(request.count).filter { !$0.text.isEmpty }
        self.opening = spans.dropFirst(request.count).dropLast().filter { !$0.text.isEmpty }
        self.answer = answer
        let text = spans.last?.text.utf8 ?? answer.utf8
        lead = String(decoding: text.dropLast(answer.utf8.count), as: UTF8.self)
    }

    /// Everything before the answer.
    package var prompt: [TextSpan] { request + opening }

    /// The text of everything before the answer.
    package var promptText: String { prompt.map(\.text).joined() }

    /// The whole, the answer last.
    package var spans: [TextSpan] { prompt + [TextSpan(lead + answer, .response)] }
}

extension [TextSpan] {
    /// The same text, where the spaces at the end of a mark go to the record's text that follows.
    ///
    /// Spans are encoded one by one, and tokenizers join a space with the word behind it: without
    /// this, `[INST] Hello` would have a token of a space that the whole text does not have.
    fileprivate func handingOnBlanks() -> [TextSpan] {
        var spans = self
        for index in spans.indices.dropFirst() where !spans[index].isMark {
            var blanks = ""
            var mark = index - 1
            while mark >= 0, spans[mark].isMark {
                let kept = spans[mark].text.dropLast(while: { $0 == " " })
                blanks = spans[mark].text.dropFirst(kept.count) + blanks
                spans[mark] = TextSpan(String(kept), spans[mark].role)
                guard kept.isEmpty else { break }
                mark -= 1
            }
            spans[index] = TextSpan(blanks + spans[index].text, spans[index].role)
        }
        return spans
    }
}

extension String {
    /// Without the characters of a kind at its end.
    fileprivate func dropLast(while isCut: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, isCut(last) { rest.removeLast() }
        return rest
    }
}
