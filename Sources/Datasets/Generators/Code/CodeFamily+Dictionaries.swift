extension CodeFamily {
    /// A family on one dictionary from words to numbers.
    private static func stock(
        _ parts:
            @escaping @Sendable (inout CodeDraw, _ name: String) -> Parts<
                [(key: String, value: Int)]
            >
    ) -> CodeFamily {
        CodeFamily { draw in
            let name = draw.stockName()
            let parts = parts(&draw, name)
            let samples = draw.stocks()
            return parts.problem(&draw, name, samples: samples, literal: PythonValue.stock)
        }
    }

    static let onDictionaries: [CodeFamily] = [
        stock { draw, name in
            let test = draw.condition()
            return Parts(
                "the part of \(name) with a value \(test.words)",
                "{k: v for k, v in \(name).items() if \(test.python("v"))}"
            ) { .stock($0.filter { test.holds($0.value) }) }
        },
        stock { draw, name in
            let test = draw.condition()
            return Parts(
                "the keys of \(name) with a value \(test.words)",
                "[k for k, v in \(name).items() if \(test.python("v"))]"
            ) { .texts($0.filter { test.holds($0.value) }.map(\.key)) }
        },
        stock { draw, name in
            let change = draw.operation()
            return Parts(
                "the sum of the values of \(name) \(change.words)",
                "sum(\(name).values()) \(change.python)"
            ) { .integer(change.apply($0.map(\.value).reduce(0, +))) }
        },
        lookup,
    ]

    /// Looks up a word that the first sample has.
    private static let lookup = CodeFamily { draw in
        let name = draw.stockName()
        let fallback = draw.constant()
        let samples = draw.stocks()
        let key = samples[0][draw.random.uniform(below: 3)].key
        let parts = Parts<[(key: String, value: Int)]>(
            "the value of \(key) in \(name), or \(fallback) if it is missing",
            "\(name).get(\"\(key)\", \(fallback))"
        ) { pairs in .integer(pairs.first { $0.key == key }?.value ?? fallback) }
        return parts.problem(&draw, name, samples: samples, literal: PythonValue.stock)
    }
}
