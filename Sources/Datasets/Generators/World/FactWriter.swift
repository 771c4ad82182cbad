/// Writes facts of a world as sentences, questions and passages.
struct FactWriter: Sendable {
    /// How a sentence refers to its subject.
    enum Mention { case full, short, pronoun }

    let world: World

    /// One sentence that states a fact.
    ///
    /// "It" stands for a thing only at the start of a sentence.
    func sentence(
        _ fact: Fact, _ wanted: Mention, _ random: inout SeededRandom
    ) -> String {
        let form = random.pick(Relation.all[fact.relation].forms)
        let isPerson = world.entities[fact.subject].kind == .person
        let mention =
            wanted == .pronoun && !isPerson && !form.starts(with: ["s", "s's"]) ? .short : wanted
        return form.sentence(values(of: fact, mention), &random)
    }

    /// A question for the fact, with the subject's full name.
    func question(_ fact: Fact, _ random: inout SeededRandom) -> String {
        random.pick(Relation.all[fact.relation].questions)
            .sentence(values(of: fact, .full), &random)
    }

    /// Question and answer in the format in which the facts task is scored.
    func questionAndAnswer(_ fact: Fact, _ random: inout SeededRandom) -> String {
        "Question: \(question(fact, &random))\nAnswer: \(fact.value)"
    }

    /// Several facts of one subject: the full name first, then shorter mentions as well.
    func passage(about subject: Int, _ random: inout SeededRandom) -> String {
        let known = world.factsOfEntity[subject]
        let count = min(known.count, random.integer(in: 3...7))
        let facts = random.sample(known, count).map { world.facts[$0] }
        let isPerson = world.entities[subject].kind == .person
        var sentences: [String] = []
        for fact in facts {
            let draw = random.uniform(below: 100)
            let mention: Mention =
                sentences.isEmpty || draw < 30 ? .full : draw < 55 ? .short : .pronoun
            sentences.append(sentence(fact, mention, &random))
        }
        if isPerson, random.oneIn(4) {
            sentences.insert(introduction(subject, &random), at: 0)
        }
        return sentences.joined(separator: " ")
    }

    private func introduction(_ subject: Int, _ random: inout SeededRandom) -> String {
        let forms: [Phrase] = [
            "this is {s}.", "let me tell you about {s}.", "here is what I know about {s}.",
            "everyone should meet {s}.", "do you know {s}?", "I met {s} last <week|year|summer>.",
        ]
        return random.pick(forms).sentence(["s": world.entities[subject].name], &random)
    }

    private func values(of fact: Fact, _ mention: Mention) -> [String: String] {
        let entity = world.entities[fact.subject]
        var values = [
            "v": fact.value, "she": entity.pronouns.subject, "her": entity.pronouns.possessive,
        ]
        switch mention {
        case .pronoun:
            values["s"] = entity.pronouns.subject
            values["s's"] = entity.pronouns.possessive
            values["o"] = entity.pronouns.object
        case .full, .short:
            let name = mention == .full ? entity.name : entity.short
            values["s"] = name
            values["s's"] = name + "'s"
            values["o"] = name
        }
        return values
    }
}
