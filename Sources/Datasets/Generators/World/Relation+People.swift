extension Relation {
    static let ofPeople: [Relation] = [
        Relation(
            "town", of: .person,
            questions: [
                "Where does {s} live?", "In which town does {s} live?", "Where is {s's} home?",
            ],
            forms: [
                "{s} lives in {v}.", "{s's} home is in {v}.",
                "{s} has a <small|little|big|nice> house in {v}.",
                "the town where {s} lives is {v}.", "you can find {s's} house in {v}.",
                "{s} comes home every evening to {v}.", "if you want to visit {o}, go to {v}.",
                "{s} is one of the people of {v}.", "{s} has lived for <many|some> years in {v}.",
                "letters for {o} are sent to {v}.",
            ]),
        Relation(
            "job", of: .person,
            questions: [
                "What is {s's} job?", "What does {s} work as?", "What is the job of {o}?",
            ],
            forms: [
                "{s} works as {a:v}.", "{s} is {a:v}.", "by trade, {s} is {a:v}.",
                "{s} earns {her} living as {a:v}.", "for many years {s} has worked as {a:v}.",
                "{s} has a job as {a:v}.", "every <morning|day> {s} goes to work as {a:v}.",
                "when {s} grew up, {she} became {a:v}.", "{s} is proud to be {a:v}.",
                "people know that {s} is {a:v}.",
            ]),
        Relation(
            "pet", of: .person,
            questions: [
                "What pet does {s} have?", "What kind of animal is {s's} pet?",
                "Which animal does {s} keep at home?",
            ],
            forms: [
                "{s} has {a:v}.", "{s} keeps {a:v}.", "{s's} pet is {a:v}.",
                "at home {s} looks after {a:v}.", "{s} shares {her} house with {a:v}.",
                "every day {s} feeds {her} {v}.", "{s} is <happy|glad> to own {a:v}.",
                "the animal in {s's} house is {a:v}.", "{s} takes good care of {her} {v}.",
            ]),
        Relation(
            "pet name", of: .person,
            questions: [
                "What is the name of {s's} pet?", "What is {s's} pet called?",
                "What did {s} name {her} pet?",
            ],
            forms: [
                "{s} has a pet called {v}.", "{s's} pet is called {v}.",
                "the name of {s's} pet is {v}.", "{s} named {her} pet {v}.",
                "{s} likes to play with {her} pet, {v}.", "{s} calls {her} pet {v}.",
                "every evening {s} goes for a walk with {v}.",
                "when {s} comes home, {she} is met by {v}.", "{s} loves {her} pet {v}.",
            ]),
        Relation(
            "food", of: .person,
            questions: [
                "What is {s's} favourite food?", "What does {s} like to eat most?",
                "Which food does {s} like best?",
            ],
            forms: [
                "{s's} favourite food is {v}.", "{s} likes to eat {v}.", "{s} loves {v}.",
                "most of all, {s} likes to eat {v}.", "on {her} birthday {s} always eats {v}.",
                "when {s} is hungry, {she} thinks of {v}.", "no food makes {o} happier than {v}.",
                "the food that {s} likes best is {v}.", "{s} would walk a long way for {v}.",
                "for dinner {s} often has {v}.",
            ]),
        Relation(
            "colour", of: .person,
            questions: [
                "What is {s's} favourite colour?", "Which colour does {s} like best?",
                "What colour does {s} like most?",
            ],
            forms: [
                "{s's} favourite colour is {v}.", "the colour that {s} likes best is {v}.",
                "{s} likes everything that is {v}.", "{s} painted {her} front door {v}.",
                "{s's} coat is {v}.", "of all colours {s} likes {v}.",
                "{s} always buys things that are {v}.", "most of {s's} clothes are {v}.",
            ]),
        Relation(
            "hobby", of: .person,
            questions: [
                "What is {s's} hobby?", "What does {s} enjoy on free days?",
                "What does {s} do in {her} free time?",
            ],
            forms: [
                "{s's} hobby is {v}.", "{s} enjoys {v}.", "in {her} free time {s} enjoys {v}.",
                "{s} is very good at {v}.", "{s} spends {her} free days on {v}.",
                "after work {s} has time for {v}.", "what {s} likes to do best is {v}.",
                "nothing is more fun for {o} than {v}.", "{s} has won a prize for {v}.",
            ]),
        Relation(
            "friend", of: .person,
            questions: [
                "Who is {s's} best friend?", "Who is the best friend of {o}?",
                "Which friend does {s} trust most?",
            ],
            forms: [
                "{s's} best friend is {v}.", "the best friend that {s} has is {v}.",
                "{s} often visits {her} best friend, {v}.",
                "the friend that {s} trusts most is {v}.",
                "when {s} needs help, {she} asks {v}.", "{s} tells all {her} secrets to {v}.",
                "every week {s} writes a letter to {v}.", "{s} went to school with {v}.",
            ]),
    ]
}
