/// Pretraining text about the world: an endless stream of short documents.
///
/// All streams of one world speak of the same facts in fresh wording. No document asks a fact of the
/// facts task, contains a context of the completion task or a sentence of the reference task, or
/// equals a document of the held-out text.
package struct WorldCorpus: Sendable {
    private let writer: WorldWriter
    private let stream: UInt64

    /// - Parameters:
    ///   - seed: which world; the committed tasks belong to `EmbeddedData.seed`.
    ///   - stream: which sequence of documents about it.
    package init(seed: UInt64 = EmbeddedData.seed, stream: UInt64 = 0) {
        writer = WorldWriter(world: World(seed: seed))
        self.stream = stream
    }

    /// The documents, made as they are asked for; the sequence does not end.
    ///
    /// A document has one to eight sentences, single newlines at most, and no newline at its end.
    package var documents: some Sequence<String> {
        WorldDocuments(
            writer: writer, random: SeededRandom(seed: stream, purpose: "corpus"), isHeldOut: false)
    }

    /// Documents that `documents` never gives, for the same world.
    var heldOutDocuments: some Sequence<String> {
        WorldDocuments(
            writer: writer, random: SeededRandom(seed: stream, purpose: "held out"),
            isHeldOut: true)
    }

    /// Whether a document belongs to the held-out text: one in 64, by its hash.
    static func isHeldOut(_ document: String) -> Bool { stableHash(document) % 64 == 0 }
}

struct WorldDocuments: Sequence, IteratorProtocol {
    let writer: WorldWriter
    var random: SeededRandom
    let isHeldOut: Bool

    mutating func next() -> String? {
        while true {
            let document = writer.document(&random)
            if WorldCorpus.isHeldOut(document) == isHeldOut { return document }
        }
    }
}

/// Chooses what each document is about.
struct WorldWriter: Sendable {
    let world: World
    private let facts: FactWriter
    private let stories: StoryWriter
    private let everyday: EverydayWriter
    private let numbers: NumberWriter
    private let notebook: NotebookWriter
    private let askable: [Int]

    init(world: World) {
        self.world = world
        facts = FactWriter(world: world)
        stories = StoryWriter(world: world)
        everyday = EverydayWriter(world: world)
        numbers = NumberWriter(world: world)
        notebook = NotebookWriter(world: world)
        askable = world.facts.indices.filter { !world.facts[$0].isEvaluated }
    }

    /// The next document; the shares below are in percent of documents.
    func document(_ random: inout SeededRandom) -> String {
        switch random.uniform(below: 100) {
        case 0..<28: facts.passage(about: randomFact(&random).subject, &random)
        case 28..<34: mixedFacts(&random)
        case 34..<50: questions(&random)
        case 50..<56: stories.day(&random)
        case 56..<65: everyday.activity(&random)
        case 65..<89: everyday.references(&random)
        case 89..<93: numbers.passage(&random)
        default: notebook.page(&random)
        }
    }

    private func randomFact(_ random: inout SeededRandom) -> Fact { random.pick(world.facts) }

    private func mixedFacts(_ random: inout SeededRandom) -> String {
        (0..<random.integer(in: 2...5)).map { _ in
            facts.sentence(randomFact(&random), .full, &random)
        }.joined(separator: " ")
    }

    private func questions(_ random: inout SeededRandom) -> String {
        (0..<random.integer(in: 1...3)).map { _ in
            facts.questionAndAnswer(world.facts[random.pick(askable)], &random)
        }.joined(separator: "\n")
    }
}
