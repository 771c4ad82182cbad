/// Writes everyday activities and sentences with a reference, outside what the tasks evaluate.
struct EverydayWriter: Sendable {
    private let people: [Entity]
    private let names: [String]

    init(world: World) {
        people = world.entities.filter { $0.kind == .person }
        names = people.map(\.short)
    }

    private static let connectors = [
        "Then", "Then", "Next", "After that", "Now", "A little later", "Soon",
    ]

    /// The start of a passage about an activity: who does what.
    static func opening(_ activity: Activity, _ person: Entity) -> String {
        "\(person.name) is \(activity.gerund)."
    }

    /// The step of an activity with a person's own pronouns.
    static func step(
        _ activity: Activity, _ index: Int, _ person: Entity, _ random: inout SeededRandom
    ) -> String {
        activity.steps[index].text(
            ["her": person.pronouns.possessive, "she": person.pronouns.subject], &random)
    }

    /// An activity in order, with its label more often than not, whole or in part.
    func activity(_ random: inout SeededRandom) -> String {
        let activity = random.pick(Activity.all)
        var person = random.pick(people)
        while activity.isEvaluated(with: person.name) { person = random.pick(people) }
        let last = activity.steps.count - 1
        let start = random.oneIn(2) ? 0 : random.integer(in: 0...last - 2)
        let end = random.oneIn(2) ? last : random.integer(in: start + 1...last)
        var sentences = [Self.opening(activity, person)]
        for index in start...end {
            let step = Self.step(activity, index, person, &random)
            let connector =
                index == 0 ? "First" : index == last ? "At last" : random.pick(Self.connectors)
            let usesConnector =
                index > start ? random.uniform(below: 4) > 0 : index == 0 && random.oneIn(3)
            let subject = person.pronouns.subject
            sentences.append(
                (usesConnector ? "\(connector) \(subject)" : subject.capitalisedFirst)
                    + " \(step).")
        }
        let text = sentences.joined(separator: " ")
        return random.uniform(below: 4) > 0 ? "\(activity.label): \(text)" : text
    }

    /// Two to four sentences in which a noun or pronoun refers to one of two nouns.
    func references(_ random: inout SeededRandom) -> String {
        (0..<random.integer(in: 2...4)).map { _ in reference(&random) }.joined(separator: " ")
    }

    private func reference(_ random: inout SeededRandom) -> String {
        let index = random.uniform(below: ReferencePattern.all.count)
        let pattern = ReferencePattern.all[index]
        var first = ""
        var second = ""
        while first == second || ReferencePattern.isEvaluated(pattern: index, first, second) {
            first = random.pick(ReferencePattern.nouns(pattern.first, people: names))
            second = random.pick(ReferencePattern.nouns(pattern.second, people: names))
        }
        let isFirst = random.oneIn(2)
        let noun = isFirst ? first : second
        let usesPronoun = random.uniform(below: 5) == 0
        let subject = usesPronoun ? pronoun(of: noun) : noun
        let frame = pattern.frame.sentence(
            ["x": first, "y": second, "p": random.pick(names)], &random)
        let rest = (isFirst ? pattern.ofFirst : pattern.ofSecond).text([:], &random)
        return "\(frame) \(subject) \(rest)."
    }

    private func pronoun(of noun: String) -> String {
        people.first { $0.short == noun }?.pronouns.subject ?? "it"
    }
}
