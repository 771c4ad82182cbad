/// Writes pages of a notebook, so that every printable ASCII character, common layouts and words
/// such as "return" or "list" are known before anything is fine-tuned on them.
///
/// It holds no function, no calculation and nothing of the target tasks.
struct NotebookWriter: Sendable {
    private let names: [String]
    private let towns: [String]

    init(world: World) {
        names = world.entities.filter { $0.kind == .person }.map(\.short)
        towns = world.entities.filter { $0.kind == .town }.map(\.name)
    }

    private static let labels = [
        "def", "return", "for", "if", "in", "list", "value", "number", "print", "range", "len",
        "sum", "count", "total", "result", "name", "item", "items", "text", "word", "words", "key",
        "index", "size", "first", "last", "while", "else", "True", "False", "None", "not", "and",
        "or", "max", "min", "sorted", "append", "join", "split", "lower", "upper", "self", "class",
        "import", "from", "is", "data", "left", "right", "start", "end", "row", "step", "answer",
        "instruction", "function", "write", "numbers", "string", "letters", "each", "more", "fewer",
        "x", "y", "n", "i", "s", "a", "b",
    ]

    private static let prose: [Phrase] = [
        "please return the {w} before {day}.", "if {f} is in town, print the list for {g}.",
        "for each {w} write a number in the list.", "the value of the {w} is not known.",
        "count the {w} in the first row, else ask {f}.", "a list in a box is no list at all.",
        "write the word \"{w}\" at the start and the word \"{u}\" at the end.",
        "while {f} is away, keep the {w} in the drawer.",
        "the result is in the last row of the list.",
        "return to {town} from the left, not from the right.",
        "a string of letters, {a:w} and an index.",
        "def is short for definite, and len for length.", "how many words are in the text?",
        "there are more {w} in the first list than in the last; each one has a number.",
        "my key does not open the {w}, so I left it with {f}.",
        "we split the bread and join the table.",
        "write a short function? No, a short letter!",
        "it is true or it is false; there is no third value.",
    ]

    /// One page: a few lines in one of many layouts.
    func page(_ random: inout SeededRandom) -> String {
        switch random.uniform(below: 12) {
        case 0: return list(&random)
        case 1: return settings(&random)
        case 2: return block(&random)
        case 3: return address(&random)
        case 4: return brackets(&random)
        case 5: return symbols(&random)
        case 6: return table(&random)
        case 7: return files(&random)
        case 8: return scribbles(&random)
        default: return sentences(&random)
        }
    }

    private func word(_ random: inout SeededRandom) -> String { random.pick(Self.labels) }

    private func thing(_ random: inout SeededRandom) -> String { random.pick(WorldNames.goods) }

    private func identifier(_ random: inout SeededRandom) -> String {
        random.oneIn(2)
            ? word(&random) : "\(word(&random))_\(random.oneIn(2) ? word(&random) : thing(&random))"
    }

    private func lines(
        _ range: ClosedRange<Int>, _ random: inout SeededRandom,
        _ line: (inout SeededRandom) -> String
    ) -> String {
        (0..<random.integer(in: range)).map { _ in line(&random) }.joined(separator: "\n")
    }

    private func sentences(_ random: inout SeededRandom) -> String {
        let separator = random.oneIn(3) ? "\n" : " "
        return random.sample(Self.prose, random.integer(in: 2...4)).map { phrase in
            phrase.sentence(
                [
                    "w": random.oneIn(2) ? word(&random) : thing(&random), "u": word(&random),
                    "f": random.pick(names), "g": random.pick(names),
                    "day": random.pick(WorldNames.days), "town": random.pick(towns),
                ], &random)
        }.joined(separator: separator)
    }

    private func list(_ random: inout SeededRandom) -> String {
        let mark = random.pick(["- ", "* ", "+ ", "1) ", "a. ", "[ ] ", "[x] ", "o ", "# "])
        let title = random.pick(["To do", "List", "Things to buy", "For " + random.pick(names)])
        return title + ":\n"
            + lines(2...5, &random) { mark + "\($0.integer(in: 1...40)) \(thing(&$0))" }
    }

    private func settings(_ random: inout SeededRandom) -> String {
        let sign = random.pick([
            " = ", "=", ": ", " : ", " -> ", " == ", " += ", " >= ", " <= ", " != ",
        ])
        return lines(2...5, &random) { random in
            let value =
                random.oneIn(2)
                ? String(random.uniform(below: 100))
                : random.oneIn(2) ? thing(&random) : "\"\(thing(&random))\""
            return identifier(&random) + sign + value
        }
    }

    private func block(_ random: inout SeededRandom) -> String {
        let indent = random.pick(["    ", "    ", "    ", "  ", "        "])
        return lines(1...3, &random) { random in
            "\(word(&random)):\n"
                + lines(1...3, &random) { indent + identifier(&$0) + " " + thing(&$0) }
        }
    }

    private func address(_ random: inout SeededRandom) -> String {
        lines(1...3, &random) { random in
            let name = random.pick(names)
            let town = random.pick(towns)
            let form: [Phrase] = [
                "{f}: {l}@{t}.net, {n} {h} Street, {town}", "To: {l}_{n}@{h}.org\nFrom: {f} & Co.",
                "www.{t}.com/{l}?{w}={n}&{h}=%20", "{f} ({town}) #{n}; room {n}/{w} ~ {n}%",
            ]
            return random.pick(form).text(
                [
                    "f": name, "l": name.lowercased(), "town": town, "t": town.lowercased(),
                    "n": String(random.integer(in: 1...99)), "h": random.pick(WorldNames.petNames),
                    "w": word(&random),
                ], &random)
        }
    }

    private func brackets(_ random: inout SeededRandom) -> String {
        lines(1...4, &random) { random in
            let quote = random.pick(["\"", "'", "", ""])
            let items = (0..<random.integer(in: 2...4)).map { _ in
                quote + (quote.isEmpty ? String(random.uniform(below: 100)) : thing(&random))
                    + quote
            }.joined(separator: ", ")
            switch random.uniform(below: 6) {
            case 0: return "\(identifier(&random)) [\(items)]"
            case 1: return "{\(items)}"
            case 2: return "(\(items)) \(word(&random))"
            case 3: return "{\"\(thing(&random))\": \(random.uniform(below: 100))}"
            case 4: return "\(word(&random))(\(word(&random)), \(word(&random)))"
            default: return "\(thing(&random))[\(random.uniform(below: 10))] <\(word(&random))>"
            }
        }
    }

    private func symbols(_ random: inout SeededRandom) -> String {
        let all = (33...126).map { String(UnicodeScalar(UInt8($0))) }
        return "signs: "
            + lines(1...2, &random) { random in
                (0..<random.integer(in: 6...16)).map { _ in random.pick(all) }
                    .joined(separator: random.oneIn(2) ? " " : "").replacingHashRuns
            }
    }

    private func table(_ random: inout SeededRandom) -> String {
        let separator = random.pick([" | ", "\t", ", ", ";", " / ", "    "])
        return lines(2...4, &random) { random in
            [
                random.pick(names), thing(&random), String(random.uniform(below: 1000)),
                word(&random),
            ]
            .joined(separator: separator)
        }
    }

    private func files(_ random: inout SeededRandom) -> String {
        let endings = [".txt", ".csv", ".py", ".md", ".json", ".jpg", ".tar.gz"]
        return lines(1...4, &random) { random in
            let name = "\(identifier(&random))-\(random.uniform(below: 100))\(random.pick(endings))"
            return random.pick(["/home/", "C:\\", "~/", "./", "$", "^", ""]) + name
        }
    }

    private func scribbles(_ random: inout SeededRandom) -> String {
        let operators = ["+", "-", "*", "/", "%", "//", "**", "<", ">", "&", "^", "|", "~"]
        return lines(1...4, &random) { random in
            let parts = (0..<random.integer(in: 2...4)).map { _ in
                random.oneIn(2) ? word(&random) : String(random.uniform(below: 100))
            }
            return parts.joined(separator: " \(random.pick(operators)) ")
        }
    }
}

extension String {
    /// The text without any run of two or more number signs.
    fileprivate var replacingHashRuns: String {
        var result = ""
        for character in self where character != "#" || result.last != "#" {
            result.append(character)
        }
        return result
    }
}
