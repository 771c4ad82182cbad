import Foundation
import Testing

@testable import Datasets

@Suite struct GeneratorsWorldTests {
    private static let world = World(seed: EmbeddedData.seed)
    private static let tasks = WorldTasks(world: world, seed: EmbeddedData.seed)
    private static let corpus = text(megabytes: 2, stream: 0)

    private static func text(megabytes: Int, stream: UInt64) -> String {
        var text = ""
        for document in WorldCorpus(stream: stream).documents {
            text += document + "\n\n"
            if text.utf8.count >= megabytes * 1_000_000 { return text }
        }
        return text
    }

    /// How often each word and each pair of neighbouring words occurs in the corpus.
    private static let frequencies: [String: Int] = {
        var counts: [String: Int] = [:]
        var previous = ""
        for word in corpus.split(whereSeparator: { " \n.,:!?'\"".utf8.contains($0.utf8.first ?? 0) }
        ) {
            counts[String(word), default: 0] += 1
            counts["\(previous) \(word)", default: 0] += 1
            previous = String(word)
        }
        return counts
    }()

    /// How often the last two words of a text occur.
    private static func frequency(of text: String) -> Int {
        let words = text.split(whereSeparator: { " .'".contains($0) })
        return frequencies[words.suffix(2).joined(separator: " ")] ?? 0
    }

    private struct FactItem: Decodable {
        let question: String
        let choices: [String]
        let gold: Int
    }

    private struct CompletionItem: Decodable {
        let ctx_a: String
        let ctx_b: String
        let endings: [String]
        let label: String
    }

    private struct ReferenceItem: Decodable {
        let sentence: String
        let option1: String
        let option2: String
        let answer: String
    }

    private func decode<Item: Decodable>(_ rows: [JSONLine]) throws -> [Item] {
        try rows.map { try JSONDecoder().decode(Item.self, from: Data($0.json.utf8)) }
    }

    @Test func factsAreUniqueAndManyForms() {
        let world = Self.world
        #expect(world.facts.count >= 1500)
        #expect(Set(world.facts.map { "\($0.subject)/\($0.relation)" }).count == world.facts.count)
        #expect(Set(world.entities.map(\.name)).count == world.entities.count)
        for relation in Relation.all {
            #expect(relation.forms.count >= 8)
            #expect(relation.questions.count == 3)
        }
        #expect(Activity.all.count >= 40)
        #expect(Activity.all.allSatisfy { $0.steps.count == 6 })
    }

    @Test func sameSeedGivesSameDocuments() {
        let first = Array(WorldCorpus(stream: 3).documents.prefix(50))
        #expect(first == Array(WorldCorpus(stream: 3).documents.prefix(50)))
        #expect(first != Array(WorldCorpus(stream: 4).documents.prefix(50)))
    }

    @Test func everyFactIsRepeatedInProse() {
        var counts = [Int](repeating: 0, count: Self.world.entities.count)
        for (index, entity) in Self.world.entities.enumerated() {
            counts[index] = Self.frequency(of: entity.name)
        }
        #expect((counts.min() ?? 0) >= 10)
    }

    @Test func corpusDoesNotAskEvaluatedFacts() throws {
        let items: [FactItem] = try decode(Self.tasks.facts())
        #expect(items.count >= 300)
        let asked = Set(Self.corpus.split(separator: "\n").filter { $0.hasPrefix("Question: ") })
        #expect(asked.count > 1000)
        for item in items { #expect(!asked.contains("Question: \(item.question)")) }
    }

    @Test func corpusHoldsNoEvaluatedContext() throws {
        let completions: [CompletionItem] = try decode(Self.tasks.completions())
        let references: [ReferenceItem] = try decode(Self.tasks.references())
        #expect(completions.count >= 300)
        #expect(references.count >= 300)
        let documents = Self.corpus.components(separatedBy: "\n\n")
        let openings = Set(
            documents.map { document in
                let sentence = document.prefix { $0 != "." }
                return sentence.split(separator: ":").last.map { $0.drop { $0 == " " } } ?? ""
            })
        for item in completions {
            #expect(!openings.contains(item.ctx_a.prefix { $0 != "." }))
        }
        let sentences = Set(
            documents.flatMap { $0.components(separatedBy: ". ") }.map {
                $0.hasSuffix(".") ? String($0.dropLast()) : $0
            })
        for item in references {
            for option in [item.option1, item.option2] {
                let sentence = item.sentence.dropLast().split(separator: "_").joined(
                    separator: option)
                #expect(!sentences.contains(sentence))
            }
        }
    }

    @Test func corpusHoldsNothingOfTheTargets() {
        #expect(!Self.corpus.contains("####"))
        #expect(!Self.corpus.contains("<<"))
        #expect(Self.corpus.firstMatch(of: /def \w+\(/) == nil)
        let bytes = Set(Self.corpus.utf8)
        #expect((32...126).allSatisfy { bytes.contains($0) })
        #expect(bytes.allSatisfy { $0 == 9 || $0 == 10 || (32...126).contains($0) })
    }

    @Test func sentencesOfFactsAreWellFormed() {
        let writer = FactWriter(world: Self.world)
        var random = SeededRandom(seed: 1)
        for fact in Self.world.facts {
            for mention in [FactWriter.Mention.full, .short, .pronoun] {
                let sentence = writer.sentence(fact, mention, &random)
                #expect(sentence.hasSuffix(".") && sentence.contains(fact.value))
                #expect(sentence.first?.isUppercase == true)
                #expect(!sentence.contains("  ") && !sentence.contains("{"))
                #expect(sentence.firstMatch(of: /\b[Aa] [aeio]|\b[Aa]n [^aeiou]/) == nil)
            }
        }
    }

    @Test(arguments: [
        ("egg", "an egg"), ("baker", "a baker"), ("umbrella", "an umbrella"), ("unit", "a unit"),
        ("one-way street", "a one-way street"),
    ])
    func articleSuitsTheWord(word: String, expected: String) {
        #expect(word.withArticle == expected)
    }

    @Test func shortcutsAreNearChanceForFacts() throws {
        let items: [FactItem] = try decode(Self.tasks.facts())
        let choices = items.map { ($0.choices, $0.gold) }
        expectNoShortcut(choices)
        #expect(items.allSatisfy { Set($0.choices).count == 4 })
        #expect(Set(items.map(\.question)).count == items.count)
    }

    @Test func shortcutsAreNearChanceForCompletions() throws {
        let items: [CompletionItem] = try decode(Self.tasks.completions())
        expectNoShortcut(items.map { ($0.endings, Int($0.label) ?? -1) })
        #expect(items.allSatisfy { Set($0.endings).count == 4 })
        #expect(Set(items.map { $0.ctx_a + $0.ctx_b }).count == items.count)
    }

    @Test func shortcutsAreNearChanceForReferences() throws {
        let items: [ReferenceItem] = try decode(Self.tasks.references())
        #expect(items.allSatisfy { $0.sentence.split(separator: "_").count == 2 })
        #expect(items.allSatisfy { $0.option1 != $0.option2 })
        let share = Double(items.count { $0.answer == "1" }) / Double(items.count)
        #expect((0.45...0.55).contains(share))
        let longest = items.count {
            ($0.option1.utf8.count > $0.option2.utf8.count) == ($0.answer == "1")
        }
        #expect((0.4...0.6).contains(Double(longest) / Double(items.count)))
    }

    /// Picking by position, by length or by frequency in the corpus must not help.
    private func expectNoShortcut(_ items: [(choices: [String], gold: Int)]) {
        let pickers: [([String]) -> [Int]] = [
            { $0.indices.map { -$0 } }, { $0.map(\.utf8.count) }, { $0.map { -$0.utf8.count } },
            { $0.map(Self.frequency) },
        ]
        for picker in pickers {
            let right = items.count { item in
                let scores = picker(item.choices)
                return scores.indices.max { scores[$0] < scores[$1] } == item.gold
            }
            #expect((0.18...0.32).contains(Double(right) / Double(items.count)))
        }
    }

    @Test func heldOutTextIsNotInTheCorpus() throws {
        let file = try #require(EmbeddedData.files().first { $0.path == "world/heldout.txt" })
        let documents = file.contents.dropLast().components(separatedBy: "\n\n")
        #expect((60_000...100_000).contains(file.contents.utf8.count))
        #expect(Set(documents).count == documents.count)
        #expect(documents.allSatisfy { WorldCorpus.isHeldOut(String($0)) })
        let corpus = Self.corpus.dropLast(2).components(separatedBy: "\n\n")
        #expect(!corpus.contains { WorldCorpus.isHeldOut($0) })
    }
}
