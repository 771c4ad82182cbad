extension CodeFamily {
    /// A family on one number.
    private static func number(
        samples: [Int] = [0, 7, 23],
        _ parts: @escaping @Sendable (inout CodeDraw, _ name: String) -> Parts<Int>
    ) -> CodeFamily {
        CodeFamily { draw in
            let name = draw.numberName()
            let parts = parts(&draw, name)
            return parts.problem(&draw, name, samples: samples, literal: PythonValue.integer)
        }
    }

    /// A family on two numbers.
    private static func pair(
        _ parts:
            @escaping @Sendable (inout CodeDraw, _ first: String, _ second: String) -> (
                returns: String, python: String, result: (Int, Int) -> PythonValue
            )
    ) -> CodeFamily {
        CodeFamily { draw in
            let names = draw.random.pick([("a", "b"), ("x", "y"), ("left", "right"), ("p", "q")])
            let (returns, python, result) = parts(&draw, names.0, names.1)
            return CodeProblem(
                name: draw.name(), parameters: "\(names.0), \(names.1)", returns: returns,
                body: ["return " + python],
                cases: [(1, 2), (6, 0), (9, 9)].map {
                    ("\($0.0), \($0.1)", result($0.0, $0.1).literal)
                })
        }
    }

    static let onNumbers: [CodeFamily] = [
        number { draw, name in
            let low = draw.random.integer(in: 1...9)
            let high = draw.random.integer(in: 10...20)
            return Parts(
                "\(name), but at least \(low) and at most \(high)",
                "max(\(low), min(\(name), \(high)))"
            ) { .integer(max(low, min($0, high))) }
        },
        number { draw, name in
            let constant = draw.constant()
            return Parts(
                "the distance between \(name) and \(constant)", "abs(\(name) - \(constant))"
            ) { .integer(abs($0 - constant)) }
        },
        number { draw, name in
            let factor = draw.constant()
            let constant = draw.constant()
            return Parts(
                "\(name) times \(factor) plus \(constant)", "\(name) * \(factor) + \(constant)"
            ) { .integer($0 * factor + constant) }
        },
        number { draw, name in
            let test = draw.condition()
            let words = draw.words(2)
            return Parts(
                "\"\(words[0])\" if \(name) is \(test.words), else \"\(words[1])\"",
                "\"\(words[0])\" if \(test.python(name)) else \"\(words[1])\""
            ) { .text(test.holds($0) ? words[0] : words[1]) }
        },
        number(samples: [0, 2, 5]) { draw, name in
            let factor = draw.constant()
            return Parts(
                "a list of \(name) multiples of \(factor), from 0",
                "[i * \(factor) for i in range(\(name))]"
            ) { .integers((0..<$0).map { $0 * factor }) }
        },
        number(samples: [9, 14, 23]) { draw, name in
            let start = draw.random.integer(in: 1...8)
            let test = draw.condition()
            return Parts(
                "the numbers from \(start) to \(name) that are \(test.words)",
                "[i for i in range(\(start), \(name) + 1) if \(test.python("i"))]"
            ) { .integers((start...$0).filter(test.holds)) }
        },
        number { draw, name in
            let change = draw.operation()
            return Parts(
                "the sum of the digits of \(name) \(change.words)",
                "sum(int(d) for d in str(\(name))) \(change.python)"
            ) { .integer(change.apply(String($0).compactMap(\.wholeNumberValue).reduce(0, +))) }
        },
        pair { draw, first, second in
            let change = draw.operation()
            return (
                "the pair of \(second) \(change.words) and \(first)",
                "(\(second) \(change.python), \(first))",
                { .pair(.integer(change.apply($1)), .integer($0)) }
            )
        },
        pair { draw, first, second in
            let factor = draw.constant()
            return (
                "the larger of \(first) and \(second), times \(factor)",
                "max(\(first), \(second)) * \(factor)", { .integer(max($0, $1) * factor) }
            )
        },
    ]
}
