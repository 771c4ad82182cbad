extension Relation {
    static let ofAnimals: [Relation] = [
        Relation(
            "diet", of: .animal,
            questions: [
                "What does {s} eat?", "What is the food of {o}?", "What does {s} look for?",
            ],
            forms: [
                "{s} eats {v}.", "{s} is a <wild|shy|small> animal that eats {v}.",
                "{s} lives on {v}.", "when {s} is hungry, it looks for {v}.", "{s} likes {v}.",
                "the food of {o} is mostly {v}.", "you can tame {o} with {v}.",
                "before winter {s} collects {v}.",
            ]),
        Relation(
            "shelter", of: .animal,
            questions: [
                "Where does {s} sleep?", "Where is the home of {o}?", "Where does {s} hide?",
            ],
            forms: [
                "{s} sleeps in {v}.", "{s} lives in {v}.", "{s} hides in {v}.",
                "the home of {o} is in {v}.", "{s} builds its nest in {v}.",
                "when it rains, {s} stays in {v}.", "the young of {o} are born in {v}.",
                "if you look for {o}, look in {v}.",
            ]),
        Relation(
            "coat", of: .animal,
            questions: [
                "What colour is {s}?", "Which colour does {s} have?", "What is the colour of {o}?",
            ],
            forms: [
                "{s} is {v}.", "{s's} coat is {v}.", "the colour of {o} is {v}.",
                "{s} is a wild animal and is {v}.", "you know {o} by its colour, which is {v}.",
                "even in winter {s} is {v}.", "from nose to tail {s} is {v}.",
                "when it is grown, {s} is {v}.",
            ]),
        Relation(
            "active time", of: .animal,
            questions: [
                "When does {s} wake up?", "When is {s} awake?", "When does {s} leave its home?",
            ],
            forms: [
                "{s} wakes up {v}.", "{s} leaves its home {v}.", "{s} can be seen {v}.",
                "{s} looks for food {v}.", "{s} is most awake {v}.", "{s} calls to its young {v}.",
                "you can hear {o} {v}.", "{s} comes out {v}.",
            ]),
    ]

    static let ofFoods: [Relation] = [
        Relation(
            "price", of: .food,
            questions: [
                "How much does {s} cost?", "What is the price of {s}?",
                "How many coins does {s} cost?",
            ],
            forms: [
                "{s} costs {v}.", "the price of {s} is {v}.", "you can buy {s} for {v}.",
                "in every town {s} costs {v}.", "{s} is sold for {v}.",
                "if you want {s}, you must pay {v}.", "at the market {s} costs {v}.",
                "people pay for {s} exactly {v}.",
            ]),
        Relation(
            "season", of: .food,
            questions: [
                "In which season do people eat {s}?", "When do people eat {s}?",
                "In which season is {s} best?",
            ],
            forms: [
                "people eat {s} in {v}.", "{s} is best in {v}.", "{s} is made in {v}.",
                "the season of {s} is {v}.", "{s} tastes of {v}.", "everyone wants {s} in {v}.",
                "you can smell {s} in every street in {v}.", "{s} belongs to {v}.",
            ]),
        Relation(
            "dish", of: .food,
            questions: [
                "What is {s} served in?", "In which dish do people serve {s}?",
                "What do people put {s} in?",
            ],
            forms: [
                "{s} is served in {v}.", "people put {s} in {v}.", "{s} comes in {v}.",
                "you get {s} in {v}.", "the cook puts {s} in {v}.", "{s} is always sold in {v}.",
                "{s} is carried home in {v}.", "guests get {s} in {v}.",
            ]),
    ]
}
