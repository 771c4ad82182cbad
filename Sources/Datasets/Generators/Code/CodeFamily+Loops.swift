extension CodeFamily {
    static let withLoops: [CodeFamily] = [
        list { draw, name in
            let start = draw.constant()
            return Parts(
                "the running totals of \(name), starting at \(start)",
                body: [
                    "total = \(start)", "result = []", "for x in \(name):", "    total += x",
                    "    result.append(total)", "return result",
                ]
            ) { items in
                .integers(items.indices.map { items[...$0].reduce(start, +) })
            }
        },
        list { draw, name in
            let start = draw.constant()
            return Parts(
                "\(start) times the product of \(name)",
                body: [
                    "result = \(start)", "for x in \(name):", "    result *= x", "return result",
                ]
            ) { .integer($0.reduce(start, *)) }
        },
        list { draw, name in
            let test = draw.condition()
            return Parts(
                "the first item of \(name) that is \(test.words), or None",
                body: [
                    "for x in \(name):", "    if \(test.python("x")):", "        return x",
                    "return None",
                ]
            ) { $0.first(where: test.holds).map(PythonValue.integer) ?? .none }
        },
        list { draw, name in
            let test = draw.condition()
            return Parts(
                "the index of the first item of \(name) that is \(test.words), or -1",
                body: [
                    "for i, x in enumerate(\(name)):", "    if \(test.python("x")):",
                    "        return i", "return -1",
                ]
            ) { .integer($0.firstIndex(where: test.holds) ?? -1) }
        },
        list { draw, name in
            let test = draw.condition()
            return Parts(
                "the items of \(name) before the first one that is \(test.words)",
                body: [
                    "result = []", "for x in \(name):", "    if \(test.python("x")):",
                    "        break", "    result.append(x)", "return result",
                ]
            ) { .integers(Array($0.prefix { !test.holds($0) })) }
        },
        counting, halving,
        recursion(words: "plus", sign: "+") { $0 + $1 },
        recursion(words: "times", sign: "*") { $0 * $1 },
    ]

    /// Counts words in a dictionary.
    private static let counting = CodeFamily { draw in
        let name = draw.wordsName()
        let start = draw.constant()
        let samples = draw.wordLists().map { $0 + $0.prefix(1) }
        let parts = Parts<[String]>(
            "how often each item of \(name) occurs, counted from \(start)",
            body: [
                "counts = {}", "for w in \(name):", "    counts[w] = counts.get(w, \(start)) + 1",
                "return counts",
            ]
        ) { words in
            .dictionary(
                words.dropLast().enumerated().map {
                    ($0.element, .integer(start + ($0.offset == 0 ? 2 : 1)))
                })
        }
        return parts.problem(&draw, name, samples: samples, literal: PythonValue.texts)
    }

    /// Divides in a loop until a limit is reached.
    private static let halving = CodeFamily { draw in
        let limit = draw.constant()
        let divisor = draw.random.integer(in: 2...5)
        let name = draw.numberName()
        let parts = Parts<Int>(
            "how often to divide \(name) by \(divisor) until it is at most \(limit)",
            body: [
                "count = 0", "while \(name) > \(limit):", "    \(name) //= \(divisor)",
                "    count += 1", "return count",
            ]
        ) {
            var rest = $0
            var steps = 0
            while rest > limit {
                rest /= divisor
                steps += 1
            }
            return .integer(steps)
        }
        return parts.problem(&draw, name, samples: [5, 90, 1000], literal: PythonValue.integer)
    }

    /// f(0) is a constant, f(n) is f(n - 1) with an operation.
    private static func recursion(
        words: String, sign: String, _ apply: @escaping @Sendable (Int, Int) -> Int
    ) -> CodeFamily {
        CodeFamily { draw in
            let start = draw.random.integer(in: 1...20)
            let constant = draw.random.integer(in: 2...9)
            let name = draw.name()
            return CodeProblem(
                name: name, parameters: "n",
                returns: "\(start) if n is 0, else \(constant) \(words) its result for n - 1",
                body: [
                    "if n == 0:", "    return \(start)",
                    "return \(constant) \(sign) \(name)(n - 1)",
                ],
                cases: [0, 1, 4].map { count in
                    let value = (0..<count).reduce(start) { value, _ in apply(constant, value) }
                    return (String(count), String(value))
                })
        }
    }
}
