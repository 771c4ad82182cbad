/// The kinds of things the world has facts about.
enum EntityKind: String, Sendable, CaseIterable {
    case person, town, shop, animal, food, river, boat
}

/// One kind of fact, with the ways to say it and to ask for it.
///
/// In forms and questions `{s}` is the subject, `{s's}` its possessive, `{o}` the subject as an
/// object, `{she}` and `{her}` its pronouns, and `{v}` the value. A form states one fact and nothing
/// else, and reads well whether the subject is named or a pronoun.
struct Relation: Sendable {
    let name: String
    let subject: EntityKind
    let forms: [Phrase]
    let questions: [Phrase]

    init(
        _ name: String, of subject: EntityKind, questions: [Phrase], forms: [Phrase]
    ) {
        self.name = name
        self.subject = subject
        self.forms = forms
        self.questions = questions
    }

    /// All relations, in the order in which the world is built.
    static let all: [Relation] = ofPeople + ofTowns + ofShops + ofAnimals + ofFoods + ofWaters
}
