/// The maths domain: word problems about the people of the world, as questions and as prose.
struct MathDataset: Sendable {
    private let seed: UInt64
    private let people: [Entity]
    private let towns: [String]

    init(world: World, seed: UInt64) {
        self.seed = seed
        people = world.entities.filter { $0.kind == .person }
        towns = world.entities.filter { $0.kind == .town }.map(\.name)
    }

    private struct Problem {
        let question: String
        let steps: [String]
        let result: Int
    }

    /// Questions with worked answers in the GSM8K format.
    ///
    /// No question of the evaluation file is in the training file, nor is any of its templates with
    /// the same numbers.
    func records(isEvaluation: Bool, count: Int) -> [JSONLine] {
        var random = random("math records", isEvaluation)
        var seen: Set<String> = []
        var rows: [JSONLine] = []
        while rows.count < count {
            let problem = problem(rows.count, isEvaluation, isAnnotated: true, &random)
            guard seen.insert(problem.question).inserted else { continue }
            let answer = (problem.steps + ["#### \(problem.result)"]).joined(separator: "\n")
            rows.append(
                .object([("question", .text(problem.question)), ("answer", .text(answer))]))
        }
        return rows
    }

    /// Prose of one to three worked calculations.
    func prose(isEvaluation: Bool, count: Int) -> [JSONLine] {
        var random = random("math prose", isEvaluation)
        let endings: [Phrase] = [
            "so the answer is {n}.", "the answer is {n}.", "that makes {n}.", "the result is {n}.",
        ]
        return (0..<count).map { index in
            let paragraphs = (0..<random.integer(in: 1...3)).map { offset in
                let problem = problem(index * 3 + offset, isEvaluation, isAnnotated: false, &random)
                let ending = random.pick(endings).sentence(["n": String(problem.result)], &random)
                return ([problem.question] + problem.steps + [ending]).joined(separator: " ")
            }
            return .object([("text", .text(paragraphs.joined(separator: "\n") + "\n"))])
        }
    }

    private func random(_ purpose: String, _ isEvaluation: Bool) -> SeededRandom {
        SeededRandom(seed: seed, purpose: purpose + (isEvaluation ? " eval" : " train"))
    }

    /// A problem of the template whose turn it is, on the wanted side of the split.
    private func problem(
        _ turn: Int, _ isEvaluation: Bool, isAnnotated: Bool, _ random: inout SeededRandom
    ) -> Problem {
        let template = MathTemplate.all[turn % MathTemplate.all.count]
        var numbers = template.drawNumbers(&random)
        while template.isEvaluated(numbers) != isEvaluation {
            numbers = template.drawNumbers(&random)
        }
        var values = words(&random)
        for (name, number) in numbers { values[name] = String(number) }
        let question = random.pick(template.questions).sentence(values, &random)
        var steps: [String] = []
        var result = 0
        for step in template.steps {
            result = numbers[step.result] ?? 0
            values["="] = calculation(step, numbers, isAnnotated: isAnnotated)
            steps.append(step.sentence.sentence(values, &random))
        }
        return Problem(question: question, steps: steps, result: result)
    }

    private func calculation(
        _ step: MathTemplate.Step, _ numbers: [String: Int], isAnnotated: Bool
    ) -> String {
        let left = numbers[step.left] ?? 0
        let right = numbers[step.right] ?? 0
        let result = numbers[step.result] ?? 0
        let annotation = isAnnotated ? "<<\(left)\(step.sign)\(right)=\(result)>>" : ""
        return "\(left) \(step.sign) \(right) = \(annotation)\(result)"
    }

    /// Two people, two kinds of things, two foods and a town.
    private func words(_ random: inout SeededRandom) -> [String: String] {
        let persons = random.sample(people, 2)
        let things = random.sample(
            [
                "apples", "nuts", "hats", "books", "candles", "cups", "lamps", "bells", "toys",
                "pens", "kites", "drums", "maps", "buttons", "spoons", "jars", "keys", "baskets",
            ], 2)
        let foods = random.sample(WorldNames.foods, 2)
        return [
            "p": persons[0].short, "she": persons[0].pronouns.subject,
            "her": persons[0].pronouns.possessive, "him": persons[0].pronouns.object,
            "f": persons[1].short, "i": things[0], "j": things[1], "m": foods[0], "m2": foods[1],
            "t": random.pick(towns),
        ]
    }
}
