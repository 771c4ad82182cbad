/// Writes what people of the world do on one day, always in agreement with its facts.
struct StoryWriter: Sendable {
    let world: World
    private let people: [Int]

    init(world: World) {
        self.world = world
        people = world.indices(of: .person)
    }

    private static let openings: [Phrase] = [
        "it was a <cold|warm|fine|rainy|windy|quiet> <morning|afternoon|evening> in {town}, and {f} was <at home|out in the street|awake|a little tired>.",
        "on {day}, {f} <got up early|slept too long|woke up at six o'clock|had nothing to do>.",
        "<last|one> <winter|summer|spring|autumn>, {f} wanted to <travel|stay at home|buy a new coat|learn something new>.",
        "{f} looked out of the window. <The sun was shining|Rain was falling|Snow lay on the roofs|The street was empty>.",
        "early in the morning, {f} walked through the streets of {town}.",
    ]

    private static let middles: [Phrase] = [
        "{she} gave {pet name} something to eat.", "{her} {pet}, {pet name}, was still asleep.",
        "first {she} went to the market and bought {food} for {price}.",
        "the {colour} <cup|scarf|hat|bag|umbrella> was {hers}, because {colour} is {her} favourite colour.",
        "{she} had to work, because {she} is {a:job}.", "after lunch {she} had time for {hobby}.",
        "then {she} met {her} best friend, {friend}.",
        "{friend} came for a visit and brought {food}.",
        "people spoke of the market in {town}, which is held every {market day}.",
        "{she} bought some {product}, for which {town} is famous.",
        "{she} sat down beside {river} and <ate an apple|watched the boats|read a book>.",
        "{she} waited near the {landmark} in the middle of {town}.",
        "a <boy|girl|stranger|neighbour> asked {him}: \"Can you help me?\" and {she} said: \"Of course.\"",
        "\"What a <day|noise|surprise>!\" {she} said to {her} {pet}.",
        "{she} forgot {her} <keys|gloves|basket|purse> and had to go back.",
        "{she} talked for a while with {friend} about {hobby}.",
        "{she} was so <happy|tired|hungry> that {she} <sang a song|sat down|went home early>.",
    ]

    private static let endings: [Phrase] = [
        "in the evening {she} ate {food}, {her} favourite food.",
        "at night {she} fell asleep with {pet name} at {her} feet.",
        "then {she} went home to {her} house in {town}.",
        "it was a good day for {a:job}.", "so {f} <was content|went to bed early|smiled>.",
        "the next day {she} saw {friend} again.", "that was a long day for {f}.",
    ]

    /// A day of one person, four to seven sentences.
    func day(_ random: inout SeededRandom) -> String {
        let person = random.pick(people)
        let values = values(of: person, &random)
        let count = random.integer(in: 2...4)
        let phrases =
            [random.pick(Self.openings)] + random.sample(Self.middles, count)
            + [random.pick(Self.endings)]
        return phrases.map { $0.sentence(values, &random) }.joined(separator: " ")
    }

    private func values(of person: Int, _ random: inout SeededRandom) -> [String: String] {
        let entity = world.entities[person]
        let isWoman = entity.pronouns.subject == "she"
        var values = [
            "f": random.oneIn(2) ? entity.name : entity.short, "she": entity.pronouns.subject,
            "her": entity.pronouns.possessive, "him": entity.pronouns.object,
            "hers": isWoman ? "hers" : "his", "day": random.pick(WorldNames.days),
        ]
        for name in ["town", "job", "pet", "pet name", "food", "colour", "hobby", "friend"] {
            values[name] = world.value(name, of: person)
        }
        for (kind, name, relations) in [
            (EntityKind.town, "town", ["market day", "product", "river", "landmark"]),
            (EntityKind.food, "food", ["price"]),
        ] {
            let target = world.indices(of: kind).first { world.entities[$0].name == values[name] }
            guard let target else { preconditionFailure("unknown \(name)") }
            for relation in relations { values[relation] = world.value(relation, of: target) }
        }
        return values
    }
}
