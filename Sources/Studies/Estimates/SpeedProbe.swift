internal import Adapters
internal import Bases
internal import Datasets
internal import Models
internal import Tensors
internal import Training

/// Times a study's work on this machine: a few steps of training of copies that are thrown away, and a
/// few forward passes.
struct SpeedProbe {
    /// Seconds of training.
    struct Training {
        /// Of forward and backward pass, for each token.
        let perToken: Double
        /// Of the optimiser's update, whatever the batch.
        let perUpdate: Double
    }

    /// Seconds of forward passes: a pass takes `perPass + rows * perRow`.
    struct Scoring {
        let perPass: Double
        let perRow: Double
    }

    private let prepared: PreparedStudy
    private let arena = Arena()

    /// Multiplications and additions that one timed piece takes at most, but for a single sequence.
    private static let operations = 3e11
    /// Seconds for which short steps are repeated.
    private static let patience = 0.2
    private static let mostRuns = 9

    init(_ prepared: PreparedStudy) { self.prepared = prepared }

    /// How fast an arm trains: on batches of the study's size, or smaller ones where a step would take
    /// long.
    ///
    /// - Throws: `TensorError.outOfMemory`.
    func training(of arm: Study.Arm) throws -> Training {
        var random = SeededRandom(seed: 0)
        let examples = prepared.training[arm.lossMask]
        let trainer = try Trainer(
            try arm.fineTuning.attach(to: prepared.base.model, using: &random),
            examples: examples, batchSize: batchSize(of: examples, passes: 3),
            settings: TrainingSettings(
                learningRate: arm.learningRates.first ?? 0,
                schedule: LearningRateSchedule(
                    shape: .constant, warmupSteps: 0, totalSteps: Self.mostRuns + 1),
                optimizer: arm.optimizer), arena: arena)
        // Memory is touched for the first time in the first step.
        _ = trainer.trainStep()
        let reports = Self.repeated {
            trainer.trainStep()
        } seconds: {
            $0.seconds
        }
        return Training(
            perToken: Self.median(
                reports.map { ($0.seconds - $0.phases.optimizer) / Double($0.tokens) }),
            perUpdate: Self.median(reports.map(\.phases.optimizer)))
    }

    /// How fast the base reads texts; arms are about as fast.
    func scoring() -> Scoring {
        let examples = prepared.study.arms.first.map { prepared.training[$0.lossMask] } ?? []
        let many = Array(examples.prefix(batchSize(of: examples, passes: 1)))
        guard let first = many.first else { return Scoring(perPass: 0, perRow: 0) }
        let one = TokenizedExample(text: Array(first.ids.prefix(2)), byteCount: 1)
        let (small, large) = (TrainingBatch([one]), TrainingBatch(many))
        let (least, most) = (seconds(of: small), seconds(of: large))
        let rows = max(1, large.tokenCount - small.tokenCount)
        return Scoring(perPass: least, perRow: max(0, most - least) / Double(rows))
    }

    /// How many sequences are timed together, by the forward passes that the work is worth.
    private func batchSize(of examples: [TokenizedExample], passes: Double) -> Int {
        let length =
            Double(examples.reduce(0) { $0 + $1.ids.count - 1 })
            / Double(max(1, examples.count))
        let sequence =
            2 * passes * Double(prepared.base.model.configuration.parameterCount)
            * max(1, length)
        let most = Int(min(Self.operations / sequence, 1e6))
        return min(max(1, most), prepared.study.training.batchSize)
    }

    private func seconds(of batch: TrainingBatch) -> Double {
        let model = prepared.base.model
        let rows = batch.weights.indices.filter { batch.weights[$0] > 0 }.map { Int32($0) }
        let tape = Tape(arena: arena, isRecording: false)
        let clock = ContinuousClock()
        func pass() -> Double {
            clock.measure {
                let hidden = model.hidden(
                    batch.tokens, layout: SequenceLayout(offsets: batch.offsets), on: tape)
                _ = tape.logLikelihoods(
                    hidden, head: model.output, rows: rows,
                    targets: rows.map { batch.targets[Int($0)] })
                tape.reset()
            } / .seconds(1)
        }
        _ = pass()
        return Self.median(Self.repeated(pass) { $0 })
    }

    /// What a piece of work gives each time; a long one is done once.
    private static func repeated<Result>(
        _ work: () -> Result, seconds: (Result) -> Double
    ) -> [Result] {
        var (results, total): ([Result], Double) = ([], 0)
        while results.isEmpty || total < patience && results.count < mostRuns {
            let result = work()
            total += seconds(result)
            results.append(result)
        }
        return results
    }

    /// The lower one of two in the middle: what disturbs only makes slower.
    private static func median(_ values: [Double]) -> Double {
        values.sorted()[(values.count - 1) / 2]
    }
}
