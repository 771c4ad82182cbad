/// Something the world has facts about.
struct Entity: Sendable {
    let kind: EntityKind
    /// The name inside a sentence: "Mira Tolvan", "the River Osk", "bean soup".
    let name: String
    /// What it is called once it is known: the first name of a person, else the name.
    let short: String
    /// The pronouns as subject, possessive and object.
    let pronouns: (subject: String, possessive: String, object: String)
}

/// One thing that is true in the world.
struct Fact: Sendable {
    /// Index into `Relation.all`.
    let relation: Int
    /// Index into `World.entities`.
    let subject: Int
    let value: String
    /// Whether the fact is asked in the facts task, so that the corpus never asks it.
    let isEvaluated: Bool
}

/// A small world: some 350 people, places and things and what is true of them.
struct World: Sendable {
    let entities: [Entity]
    let facts: [Fact]
    /// Indices into `facts`, for each entity.
    let factsOfEntity: [[Int]]
    /// The possible values of each relation, as in `Relation.all`.
    let values: [[String]]

    /// Builds the world that belongs to a seed.
    init(seed: UInt64) {
        let entities = Self.makeEntities(seed: seed)
        var facts: [Fact] = []
        var factsOfEntity = [[Int]](repeating: [], count: entities.count)
        var values: [[String]] = []
        for (index, relation) in Relation.all.enumerated() {
            let subjects = entities.indices.filter { entities[$0].kind == relation.subject }
            var random = SeededRandom(seed: seed, purpose: "relation " + relation.name)
            let pool = Self.pool(of: relation.name, entities)
            let assigned = Self.assign(pool, to: subjects, of: relation.name, entities, &random)
            let evaluated = Set(random.sample(subjects, (subjects.count + 3) / 4))
            for (subject, value) in zip(subjects, assigned) {
                factsOfEntity[subject].append(facts.count)
                facts.append(
                    Fact(
                        relation: index, subject: subject, value: value,
                        isEvaluated: evaluated.contains(subject)))
            }
            values.append(pool)
        }
        self.entities = entities
        self.facts = facts
        self.factsOfEntity = factsOfEntity
        self.values = values
    }

    /// The indices of the entities of one kind.
    func indices(of kind: EntityKind) -> [Int] {
        entities.indices.filter { entities[$0].kind == kind }
    }

    /// The value of a relation for an entity that has it.
    func value(_ relation: String, of entity: Int) -> String {
        for fact in factsOfEntity[entity] where Relation.all[facts[fact].relation].name == relation
        {
            return facts[fact].value
        }
        preconditionFailure("\(entities[entity].name) has no \(relation)")
    }

    private static func makeEntities(seed: UInt64) -> [Entity] {
        var random = SeededRandom(seed: seed, purpose: "entities")
        let surnames = balanced(WorldNames.surnames, WorldNames.women.count * 2, &random)
        let firstNames =
            WorldNames.women.map { ($0, ("she", "her", "her")) }
            + WorldNames.men.map { ($0, ("he", "his", "him")) }
        var entities = zip(firstNames, surnames).map { first, surname in
            Entity(
                kind: .person, name: first.0 + " " + surname, short: first.0, pronouns: first.1)
        }
        func add(_ kind: EntityKind, _ names: [String]) {
            entities += names.map {
                Entity(kind: kind, name: $0, short: $0, pronouns: ("it", "its", "it"))
            }
        }
        add(.town, random.sample(WorldNames.towns, 60))
        add(.shop, WorldNames.shops)
        add(.animal, random.sample(WorldNames.animals, 30).map { "the " + $0 })
        add(.food, WorldNames.foods)
        add(.river, WorldNames.rivers)
        add(.boat, WorldNames.boats)
        return entities
    }

    /// `count` values of which no two differ in frequency by more than one, in random order.
    private static func balanced(
        _ pool: [String], _ count: Int, _ random: inout SeededRandom
    ) -> [String] {
        var result: [String] = []
        while result.count < count { result += random.shuffled(pool) }
        return Array(result.prefix(count))
    }

    private static func assign(
        _ pool: [String], to subjects: [Int], of relation: String, _ entities: [Entity],
        _ random: inout SeededRandom
    ) -> [String] {
        guard relation == "friend" else { return balanced(pool, subjects.count, &random) }
        let circle = random.shuffled(Array(subjects.indices))
        var friends = [String](repeating: "", count: subjects.count)
        for (position, person) in circle.enumerated() {
            let friend = circle[(position + 1) % circle.count]
            friends[person] = entities[subjects[friend]].name
        }
        return friends
    }

    private static func pool(of relation: String, _ entities: [Entity]) -> [String] {
        func names(_ kind: EntityKind) -> [String] {
            entities.filter { $0.kind == kind }.map(\.name)
        }
        switch relation {
        case "town", "shop town", "home port": return names(.town)
        case "friend", "owner", "captain": return names(.person)
        case "food": return names(.food)
        case "river": return names(.river)
        default: return WorldNames.pool(of: relation)
        }
    }
}

extension WorldNames {
    /// The values of the relations that do not lead to another entity.
    static func pool(of relation: String) -> [String] {
        switch relation {
        case "job": jobs
        case "pet": pets
        case "pet name": petNames
        case "colour", "coat": colours
        case "hobby": hobbies
        case "product": products
        case "landmark": landmarks
        case "market day": days
        case "region": regions
        case "goods": goods
        case "opening hour": hours
        case "diet": animalFoods
        case "shelter": animalHomes
        case "active time": animalTimes
        case "price": (2...15).map { numberWord($0) + " coins" }
        case "season": seasons
        case "dish": dishes
        case "source": hills
        case "mouth": lakes
        case "fish": fish
        case "cargo": cargoes
        default: preconditionFailure("no values for the relation \(relation)")
        }
    }
}
