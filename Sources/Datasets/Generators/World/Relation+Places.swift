extension Relation {
    static let ofTowns: [Relation] = [
        Relation(
            "river", of: .town,
            questions: [
                "Which river runs through {s}?", "On which river does {s} lie?",
                "What is the name of the river in {s}?",
            ],
            forms: [
                "{s} lies on {v}.", "{s} stands on the banks of {v}.", "the river in {s} is {v}.",
                "the water in {s} comes from {v}.", "people in {s} swim in {v}.",
                "{s} was built beside {v}.", "the river that runs through {s} is {v}.",
                "the children of {s} play beside {v}.",
            ]),
        Relation(
            "product", of: .town,
            questions: [
                "What is {s} known for?", "What is {s} famous for?", "What do people make in {s}?",
            ],
            forms: [
                "{s} is known for its {v}.", "{s} is famous for its {v}.",
                "the people of {s} make {v}.", "{s} sells a lot of {v}.",
                "{s} became rich from {v}.", "travellers come to {s} to buy {v}.",
                "nobody makes better {v} than the people of {s}.", "in {s} you can buy good {v}.",
            ]),
        Relation(
            "landmark", of: .town,
            questions: [
                "What stands in the middle of {s}?", "What can you see in the middle of {s}?",
                "What do visitors look at in {s}?",
            ],
            forms: [
                "in the middle of {s} there is {a:v}.", "{s} has {a:v}.",
                "visitors to {s} look at the {v}.", "the oldest thing in {s} is the {v}.",
                "people in {s} meet at the {v}.", "in the middle of {s} stands {a:v}.",
                "the pride of {s} is its {v}.", "when you come to {s}, you first see the {v}.",
            ]),
        Relation(
            "market day", of: .town,
            questions: [
                "On which day is the market in {s}?", "When is market day in {s}?",
                "On which day do people sell things in {s}?",
            ],
            forms: [
                "the market in {s} is on {v}.", "market day in {s} is {v}.",
                "{s} has a market every {v}.", "in {s} the market is held on {v}.",
                "farmers bring their carts to {s} on {v}.", "the streets of {s} are full on {v}.",
                "if you want to buy things in {s}, come on {v}.", "{s} is loud and busy on {v}.",
            ]),
        Relation(
            "region", of: .town,
            questions: [
                "In which part of the land is {s}?", "Where in the land does {s} lie?",
                "In which part of the land can you find {s}?",
            ],
            forms: [
                "{s} is in {v}.", "{s} lies in {v}.", "{s} is a town in {v}.",
                "you will find {s} in {v}.", "the road to {s} leads to {v}.",
                "{s} is one of the towns of {v}.", "on the map {s} is in {v}.",
                "to reach {s} you must travel to {v}.",
            ]),
    ]

    static let ofShops: [Relation] = [
        Relation(
            "goods", of: .shop,
            questions: [
                "What does {s} sell?", "What can you buy at {s}?", "What do people buy at {s}?",
            ],
            forms: [
                "{s} sells {v}.", "{s} is a shop that sells {v}.", "at {s} you can buy {v}.",
                "people go to {s} for {v}.", "the shelves of {s} are full of {v}.",
                "{s} has the best {v}.", "in the window of {s} you can see {v}.",
                "{s} is the right shop for {v}.",
            ]),
        Relation(
            "shop town", of: .shop,
            questions: [
                "In which town is {s}?", "Where is {s}?", "Where can you find {s}?",
            ],
            forms: [
                "{s} is a shop in {v}.", "you can find {s} in {v}.", "{s} stands in {v}.",
                "to visit {s} you must go to {v}.", "{s} opened long ago in {v}.",
                "the town where {s} stands is {v}.", "{s} is on the main street of {v}.",
                "{s} is well known in {v}.",
            ]),
        Relation(
            "owner", of: .shop,
            questions: ["Who owns {s}?", "Who is the owner of {s}?", "To whom does {s} belong?"],
            forms: [
                "{s} belongs to {v}.", "{s} is owned by {v}.", "the owner of {s} is {v}.",
                "the shop sign of {s} was painted by {v}.", "{s} was bought by {v}.",
                "the keys of {s} are kept by {v}.", "if you go to {s}, you will meet {v}.",
                "the person behind the counter of {s} is {v}.",
            ]),
        Relation(
            "opening hour", of: .shop,
            questions: [
                "When does {s} open?", "At what time does {s} open?",
                "At what time do the doors of {s} open?",
            ],
            forms: [
                "{s} opens at {v}.", "every morning {s} opens at {v}.",
                "the doors of {s} open at {v}.", "you can go to {s} from {v}.",
                "{s} is closed until {v}.", "people wait in front of {s} until {v}.",
                "the first visitors come to {s} at {v}.", "the lights of {s} go on at {v}.",
            ]),
    ]

    static let ofWaters: [Relation] = [
        Relation(
            "source", of: .river,
            questions: [
                "Where does {s} begin?", "From which hills does {s} come?", "Where does {s} start?",
            ],
            forms: [
                "{s} begins in {v}.", "{s} comes from {v}.", "{s} starts high in {v}.",
                "the water of {s} comes down from {v}.", "{s} rises in {v}.",
                "the spring of {s} is in {v}.", "the snow that feeds {s} falls on {v}.",
                "if you follow {s} upwards, you reach {v}.",
            ]),
        Relation(
            "mouth", of: .river,
            questions: [
                "Where does {s} end?", "Into which lake does {s} flow?",
                "Which lake does {s} reach?",
            ],
            forms: [
                "{s} flows into {v}.", "{s} ends in {v}.", "{s} runs down to {v}.",
                "the water of {s} reaches {v}.", "{s} brings its water to {v}.",
                "if you follow {s} downwards, you reach {v}.", "at last {s} meets {v}.",
                "boats on {s} sail down to {v}.",
            ]),
        Relation(
            "fish", of: .river,
            questions: [
                "Which fish live in {s}?", "What fish do people catch in {s}?",
                "What can you catch in {s}?",
            ],
            forms: [
                "{s} is full of {v}.", "in {s} people catch {v}.", "the fish in {s} are {v}.",
                "{s} is known for its {v}.", "in the water of {s} there are many {v}.",
                "fishers go to {s} for {v}.", "the cold water of {s} is good for {v}.",
                "with luck you can catch in {s} some {v}.",
            ]),
        Relation(
            "cargo", of: .boat,
            questions: [
                "What does {s} carry?", "What is the cargo of {s}?", "What is {s} loaded with?",
            ],
            forms: [
                "{s} is a boat that carries {v}.", "{s} carries {v}.", "the cargo of {s} is {v}.",
                "{s} is loaded with {v}.", "on the deck of {s} there is a lot of {v}.",
                "{s} was built to carry {v}.", "in every harbour {s} brings {v}.",
                "the sailors of {s} load {v}.",
            ]),
        Relation(
            "home port", of: .boat,
            questions: [
                "Where is the home port of {s}?", "From which town does {s} sail?",
                "Which town is the home port of {s}?",
            ],
            forms: [
                "the home port of {s} is {v}.", "{s} sails from {v}.", "{s} is a boat from {v}.",
                "in winter {s} lies in {v}.", "{s} was built in {v}.",
                "after each journey {s} goes back to {v}.", "the sailors of {s} come from {v}.",
                "you can see {s} in the harbour of {v}.",
            ]),
        Relation(
            "captain", of: .boat,
            questions: [
                "Who is the captain of {s}?", "Who sails {s}?", "Which captain commands {s}?",
            ],
            forms: [
                "the captain of {s} is {v}.", "{s} is sailed by {v}.", "{s} is a boat led by {v}.",
                "the sailors of {s} listen to {v}.", "at the wheel of {s} stands {v}.",
                "the captain who sails {s} is {v}.", "{s} has a good captain, {v}.",
                "on board of {s} all orders come from {v}.",
            ]),
    ]
}
