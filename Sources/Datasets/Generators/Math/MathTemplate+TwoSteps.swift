extension MathTemplate {
    static let withTwoSteps: [MathTemplate] = [
        .init(
            "price and one more", [("a", 2...12), ("b", 2...12), ("d", 2...20)],
            [
                "{p} buys {a} {i} for {b} coins each and {m} for {d} coins. How many coins does {she} pay?",
                "{p} needs {a} {i} at {b} coins each and {m} at {d} coins. What is the price of all?",
            ],
            steps: [
                .init("c = a * b", "the {i} cost {=} coins."),
                .init("e = c + d", "together it is {=} coins."),
            ]),
        .init(
            "price and change", [("a", 2...12), ("b", 2...8), ("d", 20...100)],
            [
                "{p} has {d} coins. {^she} buys {a} {i} for {b} coins each. How many coins are left?",
                "{p} buys {a} {i} for {b} coins each and pays with {d} coins. How many coins does {she} get back?",
            ],
            steps: [
                .init("c = a * b", "the {i} cost {=} coins."),
                .init("e = d - c", "{she} has {=} coins left."),
            ]),
        .init(
            "find and lose", [("a", 5...40), ("b", 2...30), ("d", 2...30)],
            [
                "{p} has {a} {i}, finds {b} more and loses {d}. How many {i} does {she} have now?",
                "{p} had {a} {i}. {^she} got {b} from {f} and gave {d} away. How many {i} are left?",
            ],
            steps: [
                .init("c = a + b", "first {she} has {=} {i}."),
                .init("e = c - d", "then {=} {i} are left."),
            ]),
        .init(
            "give to two", [("a", 20...80), ("b", 2...30), ("d", 2...30)],
            [
                "{p} has {a} {i}. {^she} gives {b} to {f} and {d} to a neighbour. How many {i} are left?",
                "of {a} {i} {p} sold {b} on Monday and {d} on Tuesday. How many {i} are left?",
            ],
            steps: [
                .init("c = a - b", "first {=} {i} are left."),
                .init("e = c - d", "then {=} {i} are left."),
            ]),
        .init(
            "broken", [("a", 2...12), ("b", 3...12), ("d", 2...20)],
            [
                "{p} has {a} boxes with {b} {i} each. {d} {i} are broken. How many {i} are whole?",
                "{p} carries {a} bags with {b} {i} each and loses {d} {i}. How many {i} are left?",
            ],
            steps: [
                .init("c = a * b", "there are {=} {i}."), .init("e = c - d", "{=} {i} are left."),
            ]),
        .init(
            "loose", [("a", 2...12), ("b", 3...12), ("d", 2...20)],
            [
                "{p} has {a} boxes with {b} {i} each and {d} {i} on the shelf. How many {i} are these?",
                "{p} makes {b} {i} a day for {a} days and then {d} more. How many {i} does {she} make?",
            ],
            steps: [
                .init("c = a * b", "first there are {=} {i}."),
                .init("e = c + d", "together there are {=} {i}."),
            ]),
        .init(
            "times as many", [("a", 2...20), ("k", 2...5)],
            [
                "{p} has {a} {i}. {f} has {k} times as many. How many {i} do they have together?",
                "{f} has {k} times as many {i} as {p}, who has {a}. How many {i} do both have?",
            ],
            steps: [
                .init("c = a * k", "{f} has {=} {i}."), .init("e = a + c", "both have {=} {i}."),
            ]),
        .init(
            "more than", [("a", 2...30), ("b", 2...20)],
            [
                "{p} has {a} {i}. {f} has {b} more than {p}. How many {i} do they have together?",
                "{p} sold {a} {i}. {f} sold {b} more than {p}. How many {i} did they sell?",
            ],
            steps: [
                .init("c = a + b", "{f} has {=} {i}."),
                .init("e = a + c", "together it is {=} {i}."),
            ]),
        .init(
            "fewer than", [("a", 8...40), ("b", 2...20)],
            [
                "{p} has {a} {i}. {f} has {b} fewer than {p}. How many {i} do they have together?",
                "{p} sold {a} {i}. {f} sold {b} fewer than {p}. How many {i} did they sell?",
            ],
            steps: [
                .init("c = a - b", "{f} has {=} {i}."),
                .init("e = a + c", "together it is {=} {i}."),
            ]),
        .init(
            "eat and share", [("a", 10...80), ("b", 2...20), ("d", 2...9)],
            [
                "{p} has {a} nuts. {^she} eats {b} and shares the rest among {d} friends. How many does each get?",
                "of {a} apples {b} are bad. {p} puts the rest into {d} equal bags. How many are in each bag?",
            ],
            steps: [
                .init("c = a - b", "the rest is {=}."), .init("e = c / d", "each one gets {=}."),
            ]),
        .init(
            "add and pack", [("a", 4...50), ("b", 4...50), ("d", 2...9)],
            [
                "{p} has {a} {i} and {f} has {b}. They pack all of them in {d} equal boxes. How many are in each box?",
                "{p} made {a} {i}, {f} made {b}. They fill {d} equal bags. How many are in each bag?",
            ],
            steps: [
                .init("c = a + b", "together there are {=} {i}."),
                .init("e = c / d", "each one holds {=} {i}."),
            ]),
        .init(
            "trees", [("a", 3...12), ("b", 3...12), ("d", 2...20)],
            [
                "{p} plants {a} rows of {b} trees. {d} trees die. How many trees are left?",
                "a garden has {a} rows of {b} trees. {p} cuts down {d}. How many trees are left?",
            ],
            steps: [
                .init("c = a * b", "there are {=} trees."),
                .init("e = c - d", "{=} trees are left."),
            ]),
        .init(
            "pages", [("a", 40...200), ("b", 3...15), ("d", 2...9)],
            [
                "{p} reads a book of {a} pages. {^she} reads {b} pages a day for {d} days. How many pages are left?",
                "{p} has to write {a} letters and writes {b} a day for {d} days. How many letters are left?",
            ],
            steps: [
                .init("c = b * d", "{she} does {=} in this time."),
                .init("e = a - c", "{=} are left."),
            ]),
        .init(
            "wages", [("a", 3...20), ("b", 2...9), ("d", 3...60)],
            [
                "{p} earns {a} coins a day. {^she} works for {b} days and spends {d} coins. How many coins are left?",
                "{p} gets {a} coins for each of {b} days and pays {d} coins for {m}. How many coins are left?",
            ],
            steps: [
                .init("c = a * b", "{she} earns {=} coins."),
                .init("e = c - d", "{=} coins are left."),
            ]),
        .init(
            "half", [("a", 6...80), ("k", 2...4), ("b", 2...20)],
            [
                "{p} shares {a} {i} equally in {k} parts, keeps one part and gives {b} of it to {f}. How many {i} are left for {p}?",
                "{k} friends share {a} {i}. Then {p} loses {b} of {her} part. How many {i} does {p} have left?",
            ],
            steps: [
                .init("c = a / k", "one part is {=} {i}."), .init("e = c - b", "{=} {i} are left."),
            ]),
        .init(
            "eggs", [("a", 2...12), ("b", 2...7), ("d", 2...30)],
            [
                "{p} has {a} hens. Each lays {b} eggs a week. {^she} sells {d} eggs. How many eggs are left?",
                "{a} hens lay {b} eggs each. {p} eats {d} of the eggs. How many eggs are left?",
            ],
            steps: [
                .init("c = a * b", "there are {=} eggs."), .init("e = c - d", "{=} eggs are left."),
            ]),
        .init(
            "three parts", [("a", 2...30), ("b", 2...30), ("d", 2...30)],
            [
                "{p} has {a} {i}, {f} has {b} and a neighbour has {d}. How many {i} do they have together?",
                "{p} sold {a} {i} on Monday, {b} on Tuesday and {d} on Friday. How many {i} did {she} sell?",
            ],
            steps: [
                .init("c = a + b", "the first two make {=} {i}."),
                .init("e = c + d", "together there are {=} {i}."),
            ]),
        .init(
            "passengers", [("a", 10...60), ("b", 2...40), ("d", 2...30)],
            [
                "there are {a} people on a boat. In {t} {b} get off and {d} get on. How many people are on the boat now?",
                "a train with {a} people stops in {t}. {b} people leave and {d} come in. How many people are on the train now?",
            ],
            steps: [
                .init("c = a - b", "first {=} people are left."),
                .init("e = c + d", "then there are {=} people."),
            ]),
        .init(
            "candles", [("a", 20...100), ("b", 2...9), ("d", 2...9)],
            [
                "{p} has {a} candles. {^she} burns {b} every night for {d} nights. How many candles are left?",
                "{p} has {a} seeds and plants {b} in each of {d} pots. How many seeds are left?",
            ],
            steps: [
                .init("c = b * d", "{she} uses {=} of them."), .init("e = a - c", "{=} are left."),
            ]),
    ]

    static let withMoreSteps: [MathTemplate] = [
        .init(
            "two sorts", [("a", 2...9), ("b", 2...9), ("d", 2...9), ("g", 2...9)],
            [
                "{p} buys {a} {i} for {b} coins each and {d} {j} for {g} coins each. How many coins does {she} pay?",
                "{p} sells {a} {i} at {b} coins and {d} {j} at {g} coins each. How many coins does {she} get?",
            ],
            steps: [
                .init("c = a * b", "the {i} make {=} coins."),
                .init("e = d * g", "the {j} make {=} coins."),
                .init("h = c + e", "together it is {=} coins."),
            ]),
        .init(
            "save and share", [("a", 2...9), ("b", 2...9), ("d", 20...90), ("g", 2...6)],
            [
                "{p} has {d} coins and buys {a} {i} for {b} coins each. {^she} shares the rest among {g} friends. How many coins does each get?"
            ],
            steps: [
                .init("c = a * b", "the {i} cost {=} coins."),
                .init("e = d - c", "the rest is {=} coins."),
                .init("h = e / g", "each one gets {=} coins."),
            ]),
        .init(
            "two boxes and gift", [("a", 2...9), ("b", 2...9), ("d", 2...20), ("g", 2...20)],
            [
                "{p} has {a} boxes with {b} {i} each and {d} {i} more. {^she} gives {g} to {f}. How many {i} are left?"
            ],
            steps: [
                .init("c = a * b", "the boxes hold {=} {i}."),
                .init("e = c + d", "together there are {=} {i}."),
                .init("h = e - g", "{=} {i} are left."),
            ]),
    ]
}
