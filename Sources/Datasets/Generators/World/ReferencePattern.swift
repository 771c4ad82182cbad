/// A sentence with two nouns whose last part can only speak of one of them.
struct ReferencePattern: Sendable {
    enum Nouns: String, Sendable {
        case things, containers, people, foods, animals, vehicles, furniture, clothes, plants
    }

    let first: Nouns
    let second: Nouns
    /// Ends where the noun is named again; `{x}` and `{y}` are the nouns, `{p}` a person.
    let frame: Phrase
    /// What can only be said of the first noun.
    let ofFirst: Phrase
    /// What can only be said of the second noun.
    let ofSecond: Phrase

    init(
        _ first: Nouns, _ second: Nouns, _ frame: Phrase, ofFirst: Phrase, ofSecond: Phrase
    ) {
        self.first = first
        self.second = second
        self.frame = frame
        self.ofFirst = ofFirst
        self.ofSecond = ofSecond
    }

    /// Whether a pair of nouns is used in the reference task and therefore never in the corpus.
    static func isEvaluated(pattern: Int, _ first: String, _ second: String) -> Bool {
        stableHash("\(pattern)/\(first)/\(second)") % 5 == 0
    }

    /// The nouns of a group, with their articles.
    static func nouns(_ group: Nouns, people: [String]) -> [String] {
        let text: String
        switch group {
        case .people: return people
        case .things:
            text = """
                book lamp ball vase clock drum statue kettle mirror toy stone bell radio picture \
                jug pot
                """
        case .containers:
            text = "bag box drawer basket case trunk chest jar sack cupboard suitcase bucket"
        case .foods: text = "bread soup cheese cake fish pie apple meat egg salad pear melon"
        case .animals: text = "dog cat goat horse fox bear wolf sheep cow hen mouse rabbit"
        case .vehicles: text = "cart wagon boat bus train bicycle coach tram sledge truck"
        case .furniture: text = "table chair shelf bench desk stool sofa bed"
        case .clothes: text = "coat shirt jacket hat scarf jumper cloak dress cap shawl"
        case .plants: text = "rose elm bush palm fern vine oak lily pine willow"
        }
        return text.split(separator: " ").map { "the " + $0 }
    }

    static let all: [ReferencePattern] = ofThings + ofPeople
}
