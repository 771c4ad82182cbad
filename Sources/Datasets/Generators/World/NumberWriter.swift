/// Writes about counting, comparing, times and prices, without any calculation.
struct NumberWriter: Sendable {
    let world: World

    /// A short passage with numbers in words or digits.
    func passage(_ random: inout SeededRandom) -> String {
        (0..<random.integer(in: 1...4)).map { _ in
            switch random.uniform(below: 7) {
            case 0: counting(&random)
            case 1: neighbours(&random)
            case 2: comparison(&random)
            case 3: priceComparison(&random)
            case 4: time(&random)
            case 5: stock(&random)
            default: price(&random)
            }
        }.joined(separator: " ")
    }

    private func number(_ value: Int, inWords: Bool) -> String {
        inWords ? numberWord(value) : String(value)
    }

    private func counting(_ random: inout SeededRandom) -> String {
        let inWords = random.oneIn(2)
        let start = random.integer(in: 1...(inWords ? 14 : 90))
        let parts = (start..<start + random.integer(in: 3...6)).map { number($0, inWords: inWords) }
        return parts.joined(separator: ", ").capitalisedFirst + "."
    }

    private func neighbours(_ random: inout SeededRandom) -> String {
        let inWords = random.oneIn(2)
        let value = random.integer(in: 1...(inWords ? 19 : 98))
        let pair = ["n": number(value, inWords: inWords), "m": number(value + 1, inWords: inWords)]
        let forms: [Phrase] = [
            "after {n} comes {m}.", "before {m} comes {n}.", "{m} is the number after {n}.",
            "{n} is the number before {m}.",
        ]
        return random.pick(forms).sentence(pair, &random)
    }

    private func comparison(_ random: inout SeededRandom) -> String {
        let inWords = random.oneIn(2)
        let small = random.integer(in: 1...(inWords ? 15 : 60))
        let large = small + random.integer(in: 1...(inWords ? 5 : 39))
        let forms: [Phrase] = [
            "{m} is more than {n}.", "{n} is less than {m}.",
            "{m} <cups|coins|boats|hens> are more than {n}.",
            "if you have {m} <nuts|apples|coins> and I have {n}, you have more than I have.",
            "of the numbers {n} and {m}, the greater one is {m}.",
        ]
        return random.pick(forms).sentence(
            ["n": number(small, inWords: inWords), "m": number(large, inWords: inWords)], &random)
    }

    private func priceComparison(_ random: inout SeededRandom) -> String {
        let foods = random.sample(world.indices(of: .food), 2)
        let prices = foods.map { world.value("price", of: $0) }
        let ranks = prices.compactMap { WorldNames.pool(of: "price").firstIndex(of: $0) }
        let values = [
            "x": world.entities[foods[0]].name, "n": prices[0],
            "y": world.entities[foods[1]].name, "m": prices[1],
        ]
        let form: Phrase
        switch ranks[0] - ranks[1] {
        case 0: form = "{x} and {y} both cost {n}."
        case 1...: form = "{x} costs {n}, but {y} costs only {m}, so {y} is cheaper."
        default: form = "{x} costs only {n}, but {y} costs {m}, so {y} is dearer."
        }
        return form.sentence(values, &random)
    }

    private func time(_ random: inout SeededRandom) -> String {
        let minutes = random.integer(in: 0...59)
        let clock = "\(random.integer(in: 6...22)):\(minutes < 10 ? "0" : "")\(minutes)"
        let forms: [Phrase] = [
            "it is {clock} in the clock tower.", "the train to {town} leaves at {clock}.",
            "at {hour}:00 the bell rings {h} times.", "the clock shows {clock}.",
            "the boat to {town} sails at half past {h}.", "we meet at {h} o'clock in {town}.",
        ]
        let hour = random.integer(in: 2...12)
        let town = world.entities[random.pick(world.indices(of: .town))].name
        return random.pick(forms).sentence(
            ["clock": clock, "hour": String(hour), "h": numberWord(hour), "town": town], &random)
    }

    private func stock(_ random: inout SeededRandom) -> String {
        let goods = random.sample(WorldNames.goods, 2)
        let inWords = random.oneIn(2)
        let forms: [Phrase] = [
            "there are {n} {x} and {m} {y} on the <table|shelf|cart|boat>.",
            "in the <box|room|window> I saw {n} {x}.", "we need {n} {x} and {m} {y}.",
            "{n} {x} are too many for one <bag|box|child>.",
        ]
        let values = [
            "n": number(random.integer(in: 2...20), inWords: inWords), "x": goods[0],
            "m": number(random.integer(in: 2...20), inWords: inWords), "y": goods[1],
        ]
        return random.pick(forms).sentence(values, &random)
    }

    private func price(_ random: inout SeededRandom) -> String {
        let forms: [Phrase] = [
            "these {x} cost {n} coins.", "for {n} coins you get some {x}.",
            "I paid {n} coins for my {x}.", "today the {x} are cheap: only {n} coins.",
            "nobody pays {n} coins for old {x}.",
        ]
        let value = random.integer(in: 2...60)
        return random.pick(forms).sentence(
            ["x": random.pick(WorldNames.goods), "n": number(value, inWords: random.oneIn(2))],
            &random)
    }
}
