/// The three multiple-choice tasks about the world.
struct WorldTasks: Sendable {
    private let world: World
    private let seed: UInt64

    init(world: World, seed: UInt64) {
        self.world = world
        self.seed = seed
    }

    /// What is true in the world, in the shape of ARC: question, four choices, gold index.
    func facts() -> [JSONLine] {
        var random = SeededRandom(seed: seed, purpose: "facts task")
        let writer = FactWriter(world: world)
        let evaluated = random.shuffled(world.facts.filter(\.isEvaluated))
        let positions = goldPositions(evaluated.count, &random)
        return evaluated.indices.map { index in
            let fact = evaluated[index]
            let wrong = world.values[fact.relation].filter {
                $0 != fact.value && $0 != world.entities[fact.subject].name
            }
            var choices = random.sample(wrong, 3)
            choices.insert(fact.value, at: positions[index])
            return .object([
                ("id", .text("facts-\(index)")),
                ("question", .text(writer.question(fact, &random))),
                ("choices", .texts(choices)), ("gold", .integer(positions[index])),
            ])
        }
    }

    /// How an everyday activity goes on, in the shape of HellaSwag: context, four endings, label.
    func completions() -> [JSONLine] {
        var random = SeededRandom(seed: seed, purpose: "completion task")
        let people = world.entities.filter { $0.kind == .person }
        var items: [(activity: Int, step: Int, person: Entity)] = []
        for (index, activity) in Activity.all.enumerated() {
            let evaluated = people.filter { activity.isEvaluated(with: $0.name) }
            let chosen = random.sample(evaluated, 8)
            for (round, person) in chosen.enumerated() {
                items.append((index, 1 + round % (activity.steps.count - 1), person))
            }
        }
        items = random.shuffled(items)
        let positions = goldPositions(items.count, &random)
        return items.indices.map { index in
            let item = items[index]
            return completion(
                index, item.activity, item.step, item.person, positions[index], &random)
        }
    }

    private func completion(
        _ index: Int, _ activity: Int, _ step: Int, _ person: Entity, _ position: Int,
        _ random: inout SeededRandom
    ) -> JSONLine {
        let all = Activity.all
        var context = EverydayWriter.opening(all[activity], person)
        for earlier in max(0, step - 2)..<step {
            let text = EverydayWriter.step(all[activity], earlier, person, &random)
            context += " \(person.pronouns.subject.capitalisedFirst) \(text)."
        }
        let endings = endings(activity, step, person, position, &random)
        let connector = random.pick(["then", "next", "after that"])
        return .object([
            ("ind", .integer(index)), ("activity_label", .text(all[activity].label)),
            ("ctx_a", .text(context)), ("ctx_b", .text("\(connector) \(person.pronouns.subject)")),
            ("endings", .texts(endings)), ("label", .text(String(position))),
        ])
    }

    /// The right step among steps of other activities of about the same length, one of which is
    /// another step of the same activity in every second item.
    private func endings(
        _ activity: Int, _ step: Int, _ person: Entity, _ position: Int,
        _ random: inout SeededRandom
    ) -> [String] {
        let all = Activity.all
        let gold = EverydayWriter.step(all[activity], step, person, &random) + "."
        var wrong: [String] = []
        if random.oneIn(2) {
            let far = all[activity].steps.indices.filter { $0 < step - 2 || $0 > step + 1 }
            if let other = random.sample(far, 1).first {
                wrong.append(EverydayWriter.step(all[activity], other, person, &random) + ".")
            }
        }
        while wrong.count < 3 {
            let other = random.uniform(below: all.count)
            let place = random.integer(in: 1...all[other].steps.count - 1)
            let text = EverydayWriter.step(all[other], place, person, &random) + "."
            let isSimilar = abs(text.utf8.count - gold.utf8.count) * 3 < gold.utf8.count
            if other != activity, isSimilar, text != gold, !wrong.contains(text) {
                wrong.append(text)
            }
        }
        wrong = random.shuffled(wrong)
        wrong.insert(gold, at: position)
        return wrong
    }

    /// Which of two nouns is meant, in the shape of WinoGrande: sentence with "_", two options.
    func references() -> [JSONLine] {
        var random = SeededRandom(seed: seed, purpose: "reference task")
        let names = world.entities.filter { $0.kind == .person }.map(\.short)
        var items: [(sentence: String, options: [String], gold: Int)] = []
        for (index, pattern) in ReferencePattern.all.enumerated() {
            for pair in pairs(index, pattern, names, &random) {
                let frame = pattern.frame.sentence(
                    ["x": pair.0, "y": pair.1, "p": random.pick(names)], &random)
                for (gold, rest) in [pattern.ofFirst, pattern.ofSecond].enumerated() {
                    let sentence = "\(frame) _ \(rest.text([:], &random))."
                    items.append((sentence, [pair.0, pair.1], gold))
                }
            }
        }
        items = random.shuffled(items)
        return items.indices.map { index in
            let item = items[index]
            let swaps = index % 2 == 1
            let answer = (item.gold == 0) == swaps ? "2" : "1"
            return .object([
                ("sentence", .text(item.sentence)), ("option1", .text(item.options[swaps ? 1 : 0])),
                ("option2", .text(item.options[swaps ? 0 : 1])), ("answer", .text(answer)),
            ])
        }
    }

    private func pairs(
        _ index: Int, _ pattern: ReferencePattern, _ names: [String], _ random: inout SeededRandom
    ) -> [(String, String)] {
        let firsts = ReferencePattern.nouns(pattern.first, people: names)
        let seconds = ReferencePattern.nouns(pattern.second, people: names)
        let all = firsts.flatMap { first in seconds.map { (first, $0) } }
        let evaluated = all.filter {
            $0.0 != $0.1 && ReferencePattern.isEvaluated(pattern: index, $0.0, $0.1)
        }
        return random.sample(evaluated, 5)
    }

    /// Positions 0 to 3, each equally often, in random order.
    private func goldPositions(_ count: Int, _ random: inout SeededRandom) -> [Int] {
        random.shuffled((0..<count).map { $0 % 4 })
    }
}
