/// The code domain: short Python functions from a description, as records and as modules.
struct CodeDataset: Sendable {
    let seed: UInt64

    private static let openings: [Phrase] = [
        "write a function {f} that returns {r}.", "define {f} so that it returns {r}.",
    ]

    /// Instruction records; no description of the evaluation file is in the training file.
    func records(isEvaluation: Bool, count: Int) -> [JSONLine] {
        var draw = CodeDraw(random: random("code records", isEvaluation))
        var seen: Set<String> = []
        var rows: [JSONLine] = []
        while rows.count < count {
            let problem = nextProblem(rows.count, isEvaluation, &draw)
            let signature = "\(problem.name)(\(problem.parameters))"
            let instruction = draw.random.pick(Self.openings).sentence(
                ["f": signature, "r": problem.returns], &draw.random)
            let source = problem.source(withDocstring: false)
            let isShort = instruction.utf8.count + source.utf8.count <= 260
            guard isShort, seen.insert(signature + problem.returns).inserted else { continue }
            rows.append(
                .object([
                    ("instruction", .text(instruction)), ("input", ""), ("output", .text(source)),
                    ("tests", .texts(problem.tests)),
                ]))
        }
        return rows
    }

    /// Modules of two to four documented functions.
    func modules(isEvaluation: Bool, count: Int) -> [JSONLine] {
        var draw = CodeDraw(random: random("code modules", isEvaluation))
        return (0..<count).map { index in
            let functions = (0..<draw.random.integer(in: 2...4)).map { offset in
                nextProblem(index * 5 + offset * 11, isEvaluation, &draw)
                    .source(withDocstring: true)
            }
            return .object([("text", .text(functions.joined(separator: "\n\n\n") + "\n"))])
        }
    }

    /// A problem of the family whose turn it is, on the wanted side of the split.
    private func nextProblem(
        _ turn: Int, _ isEvaluation: Bool, _ draw: inout CodeDraw
    ) -> CodeProblem {
        let family = CodeFamily.all[turn % CodeFamily.all.count]
        while true {
            let problem = family.make(&draw)
            if problem.isEvaluated == isEvaluation { return problem }
        }
    }

    private func random(_ purpose: String, _ isEvaluation: Bool) -> SeededRandom {
        SeededRandom(seed: seed, purpose: purpose + (isEvaluation ? " eval" : " train"))
    }
}
