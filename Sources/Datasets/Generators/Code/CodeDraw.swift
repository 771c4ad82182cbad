/// Draws the names, constants, conditions and samples of code problems.
struct CodeDraw: Sendable {
    var random: SeededRandom
    /// The last constant drawn; samples contain it, so that tests look at the limit itself.
    private var constantOfProblem = 0

    init(random: SeededRandom) { self.random = random }

    /// A condition on a whole number, in words, in Python and in Swift.
    struct Condition: Sendable {
        let words: String
        let python: @Sendable (String) -> String
        let holds: @Sendable (Int) -> Bool
    }

    /// An operation with a constant, in words ("plus 3"), in Python ("+ 3") and in Swift.
    struct Operation: Sendable {
        let words: String
        let python: String
        let apply: @Sendable (Int) -> Int
    }

    mutating func name() -> String {
        let verbs = [
            "get", "find", "make", "pick", "take", "give", "check", "build", "read", "show",
        ]
        let nouns = [
            "coins", "boats", "hats", "lamps", "towns", "rivers", "bells", "books", "cups", "keys",
            "nails", "prices", "names", "shops", "boxes", "days",
        ]
        return random.pick(verbs) + "_" + random.pick(nouns)
    }

    mutating func listName() -> String {
        random.pick(["numbers", "values", "items", "prices", "data", "xs"])
    }

    mutating func textName() -> String { random.pick(["text", "word", "name", "line", "s"]) }
    mutating func wordsName() -> String { random.pick(["words", "names", "towns", "lines"]) }
    mutating func stockName() -> String { random.pick(["prices", "stock", "ages", "counts"]) }
    mutating func numberName() -> String { random.pick(["x", "n", "value", "number", "price"]) }
    mutating func letter() -> String { random.pick("abcdeilmnoprst".map { String($0) }) }

    mutating func constant() -> Int {
        constantOfProblem = random.integer(in: 2...20)
        return constantOfProblem
    }

    /// How many items or letters to take.
    mutating func count() -> Int { random.integer(in: 2...8) }

    mutating func condition() -> Condition {
        let limit = constant()
        let divisor = random.integer(in: 2...9)
        func compare(
            _ words: String, _ sign: String, _ holds: @escaping @Sendable (Int, Int) -> Bool
        ) -> Condition {
            Condition(
                words: "\(words) \(limit)", python: { "\($0) \(sign) \(limit)" },
                holds: { holds($0, limit) })
        }
        switch random.uniform(below: 7) {
        case 0: return compare("greater than", ">") { $0 > $1 }
        case 1: return compare("less than", "<") { $0 < $1 }
        case 2: return compare("at least", ">=") { $0 >= $1 }
        case 3: return compare("at most", "<=") { $0 <= $1 }
        case 4: return compare("equal to", "==") { $0 == $1 }
        case 5: return compare("not equal to", "!=") { $0 != $1 }
        default:
            return Condition(
                words: "divisible by \(divisor)", python: { "\($0) % \(divisor) == 0" },
                holds: { $0 % divisor == 0 })
        }
    }

    mutating func operation() -> Operation {
        let constant = constant()
        switch random.uniform(below: 3) {
        case 0:
            return Operation(words: "plus \(constant)", python: "+ \(constant)") { $0 + constant }
        case 1:
            return Operation(words: "minus \(constant)", python: "- \(constant)") { $0 - constant }
        default:
            return Operation(words: "times \(constant)", python: "* \(constant)") { $0 * constant }
        }
    }

    /// Three lists of small numbers, the first with the constant of the problem.
    mutating func lists() -> [[Int]] {
        var lists = (0..<3).map { _ in
            (0..<random.integer(in: 3...6)).map { _ in random.integer(in: 0...24) }
        }
        lists[0][random.uniform(below: lists[0].count)] = constantOfProblem
        return lists
    }

    mutating func words(_ count: Int) -> [String] {
        random.sample(
            [
                "lamp", "boat", "river", "cat", "bell", "tin", "apple", "sea", "stone", "bread",
                "map", "goat", "ink", "candle", "oar", "button", "nail", "drum", "pear", "coat",
            ], count)
    }

    /// Three lists of different words.
    mutating func wordLists() -> [[String]] {
        (0..<3).map { _ in words(random.integer(in: 3...5)) }
    }

    /// Three dictionaries from words to small numbers, the first with the constant of the problem.
    mutating func stocks() -> [[(key: String, value: Int)]] {
        var stocks = (0..<3).map { _ in
            words(3).map { (key: $0, value: random.integer(in: 0...24)) }
        }
        stocks[0][random.uniform(below: 3)].value = constantOfProblem
        return stocks
    }
}
