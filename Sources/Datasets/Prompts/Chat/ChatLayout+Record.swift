/// A record's turns in the layout.
extension ChatLayout {
    /// The prompt that the template makes of what is asked, then what it shows of the answer and puts
    /// around it.
    ///
    /// - Throws: `ChatTemplateProblem` if the template refuses the turns, or leaves some out.
    func laidOut(
        _ record: Record, question: [TextSpan]
    ) throws(ChatTemplateProblem) -> LaidOutRecord {
        let conversation = Conversation(record, question: question)
        let pieces = conversation.pieces
        let prompt, whole: JinjaText
        do {
            prompt = try template.text(
                of: conversation, first: conversation.turns.count - 1, asks: true)
            whole = try template.text(of: conversation, asks: false)
        } catch {
            throw .refused("\(error)")
        }
        try check(prompt, conversation, pieces)
        let answer = RenderedAnswer(in: whole, source: Int32(pieces.count - 1))
        guard answer != nil || record.output.allSatisfy(\.isWhitespace) else {
            throw .leavesOut(turn: conversation.turns.count, speaker: "assistant")
        }
        let spans = spans(of: prompt, pieces.map(\.span.role))
        let opening = opening(answer, after: prompt)
        let shown = answer?.text.string ?? ""
        return listens
            ? LaidOutRecord(request: spans, opening: [TextSpan(opening, .mark)], answer: shown)
            : LaidOutRecord(request: spans + [TextSpan(opening, .template)], answer: shown)
    }

    /// - Throws: `ChatTemplateProblem.leavesOut` for a turn of which nothing is to be seen.
    private func check(
        _ prompt: JinjaText, _ conversation: Conversation,
        _ pieces: [(turn: Int, span: TextSpan)]
    ) throws(ChatTemplateProblem) {
        let shown = Set(prompt.letters.lazy.map(\.source))
        for (index, piece) in pieces.dropLast().enumerated()
        where !shown.contains(Int32(index)) && !piece.span.text.allSatisfy(\.isWhitespace) {
            throw .leavesOut(
                turn: piece.turn + 1, speaker: conversation.turns[piece.turn].speaker.rawValue)
        }
    }

    /// What stands between a prompt and its answer; as in a short conversation, where the template
    /// shows earlier turns otherwise once there is an answer.
    private func opening(_ answer: RenderedAnswer?, after prompt: JinjaText) -> String {
        guard let answer, answer.before.hasPrefix(prompt) else { return opening }
        return JinjaText(answer.before.letters.dropFirst(prompt.count)).string
    }

    /// The parts of a prompt, which ends with what asks for an answer.
    private func spans(of prompt: JinjaText, _ roles: [TextSpan.Role]) -> [TextSpan] {
        let runs = prompt.runs.map { run in
            (run.text, role: run.source == JinjaText.template ? nil : roles[Int(run.source)])
        }
        let request = runs.last.flatMap { $0.role == nil ? $0.0 : nil } ?? ""
        var spans: [TextSpan] = []
        for (index, (text, role)) in runs.enumerated() {
            guard role == nil else {
                spans.append(TextSpan(text, role ?? .template))
                continue
            }
            let followsAnswer = index > 0 && runs[index - 1].role == .response
            let precedesAnswer = index + 1 < runs.count && runs[index + 1].role == .response
            spans += marks(
                text, after: followsAnswer ? end : nil, asking: precedesAnswer ? request : nil)
        }
        return spans
    }

    /// What the template writes between two turns, with what of it belongs to answers.
    ///
    /// - Parameters:
    ///   - text: All of it.
    ///   - end: What ends the answer before it, if it is one.
    ///   - request: What asks for the answer after it, if it is one.
    /// - Returns: The parts.
    private func marks(_ text: String, after end: String?, asking request: String?) -> [TextSpan] {
        var text = text[...]
        var spans: [TextSpan] = []
        if let end, text.hasPrefix(end) {
            spans.append(TextSpan(end, .mark))
            text = text.dropFirst(end.count)
        }
        guard listens, let request, text.hasPrefix(request) else {
            return spans + [TextSpan(String(text), .template)]
        }
        let opening = TextSpan(String(text.dropFirst(request.count)), .mark)
        return spans + [TextSpan(request, .template), opening]
    }
}

extension JinjaText {
    /// Its parts of one source each.
    var runs: [(text: String, source: Int32)] {
        var runs: [(text: String, source: Int32)] = []
        var rest = letters[...]
        while let source = rest.first?.source {
            let run = rest.prefix { $0.source == source }
            runs.append((JinjaText(run).string, source))
            rest = rest.dropFirst(run.count)
        }
        return runs
    }
}
