/// A word problem with open numbers.
struct MathTemplate: Sendable {
    /// The number `name` drawn from a range.
    struct Number: Sendable {
        let name: String
        let range: ClosedRange<Int>
    }

    /// One calculation: `result = left sign right`, and the sentence that explains it.
    struct Step: Sendable {
        let result: String
        let left: String
        let sign: Character
        let right: String
        /// `{=}` stands for the annotated calculation.
        let sentence: Phrase

        /// The calculation is written such as "c = a + b".
        init(_ calculation: String, _ sentence: Phrase) {
            let parts = calculation.split(separator: " ").map(String.init)
            precondition(parts.count == 5 && parts[1] == "=", "unclear calculation: \(calculation)")
            result = parts[0]
            left = parts[2]
            sign = Character(parts[3])
            right = parts[4]
            self.sentence = sentence
        }

        /// The result, where it is a whole number from 2 to 400.
        func apply(_ numbers: [String: Int]) -> Int? {
            guard let left = numbers[left], let right = numbers[right] else {
                preconditionFailure("a step uses a number that is not there")
            }
            let value: Int
            switch sign {
            case "+": value = left + right
            case "-": value = left - right
            case "*": value = left * right
            case "/":
                guard right > 0, left % right == 0 else { return nil }
                value = left / right
            default: preconditionFailure("unknown sign \(sign)")
            }
            return (2...400).contains(value) ? value : nil
        }
    }

    let name: String
    let numbers: [Number]
    let questions: [Phrase]
    let steps: [Step]

    /// The numbers are names with ranges, such as `[("a", 2...20)]`.
    init(
        _ name: String, _ numbers: [(String, ClosedRange<Int>)], _ questions: [Phrase],
        steps: [Step]
    ) {
        self.name = name
        self.numbers = numbers.map { Number(name: $0.0, range: $0.1) }
        self.questions = questions
        self.steps = steps
    }

    /// Numbers for which every step gives a small whole number.
    func drawNumbers(_ random: inout SeededRandom) -> [String: Int] {
        while true {
            var values: [String: Int] = [:]
            for number in numbers { values[number.name] = random.integer(in: number.range) }
            if let all = solve(values) { return all }
        }
    }

    /// The numbers with the results of all steps, or nil where a step has no allowed result.
    func solve(_ given: [String: Int]) -> [String: Int]? {
        var values = given
        for step in steps {
            guard let result = step.apply(values) else { return nil }
            values[step.result] = result
        }
        return values
    }

    /// Whether a problem with these numbers belongs to the evaluation files and never to training.
    func isEvaluated(_ values: [String: Int]) -> Bool {
        let drawn = numbers.map { String(values[$0.name] ?? 0) }
        return stableHash(name + "/" + drawn.joined(separator: ",")) % 8 == 0
    }

    static let all: [MathTemplate] = withOneStep + withTwoSteps + withMoreSteps
}
