internal import Adapters
internal import Kernels
internal import Models
internal import Training

/// The arms of a drafted study: full fine-tuning and LoRA, and what of them fits the machine.
struct DraftArms {
    /// LoRA's rank, or less where the model has smaller layers.
    let rank: Int
    /// The most sequences of a batch for which there is room, up to 16.
    let mostSequences: Int
    /// What full fine-tuning would need with a single sequence; nil if it fits.
    let missingFull: Int?
    /// Bytes that a study may take here.
    let room: Int
    private let parameters: Int

    private static let rank = 16
    private static let mostBatch = 16
    /// Rates are this many times apart.
    private static let step = 4.0
    /// LoRA's rates, in those of full fine-tuning.
    private static let factorOfLoRA = 10.0

    /// - Parameters:
    ///   - configuration: The base's sizes.
    ///   - sequenceLength: Of a sequence.
    ///   - room: Bytes that a study may take.
    /// - Throws: `StudyDraftError.noRoom` if not even LoRA fits.
    init(_ configuration: ModelConfiguration, sequenceLength: Int, room: Int) throws {
        let ranks = sequence(first: Self.rank) { $0 > 1 ? $0 / 2 : nil }
        let rank = ranks.first { LoRA(rank: $0, alpha: 1).problems(for: configuration).isEmpty }
        self.rank = rank ?? 1
        self.room = room
        parameters = configuration.parameterCount
        let lora = LoRA(rank: self.rank, alpha: 1)
        func need(_ method: any FineTuningMethod, _ sequences: Int) -> Int {
            configuration.memoryBytes
                + ArmMemory(
                    of: method, on: configuration, batchSize: sequences,
                    sequenceLength: sequenceLength
                ).bytes
        }
        let batches = sequence(first: Self.mostBatch) { $0 > 1 ? $0 / 2 : nil }
        let (whole, full) = (FullFineTuning(), need(FullFineTuning(), 1))
        missingFull = full > room ? full : nil
        let methods: [any FineTuningMethod] = missingFull == nil ? [whole, lora] : [lora]
        guard
            let most = batches.first(where: { size in
                methods.allSatisfy { need($0, size) <= room }
            })
        else { throw StudyDraftError.noRoom(needed: need(lora, 1), room: room) }
        mostSequences = most
    }

    /// Three rates around the centre, four times apart.
    var fullRates: [Double] { Self.around(Self.centre(ofFull: parameters)) }
    var loraRates: [Double] {
        Self.around(Self.centre(ofFull: parameters) * Self.factorOfLoRA)
    }

    /// What full fine-tuning of a model of some size is often trained with: 5e-4 at a million
    /// parameters and less with the root of the size (5e-5 at a hundred million, 1e-5 at two
    /// billion), as 1, 2 or 5 times a power of ten.
    static func centre(ofFull parameters: Int) -> Double {
        let rate = 5e-4 / (max(1, Double(parameters) / 1e6)).squareRoot()
        return [5e-4, 2e-4, 1e-4, 5e-5, 2e-5, 1e-5, 5e-6, 2e-6].min { left, right in
            distance(left, rate) < distance(right, rate)
        } ?? rate
    }

    private static func distance(_ left: Double, _ right: Double) -> Double {
        max(left / right, right / left)
    }

    private static func around(_ centre: Double) -> [Double] {
        [centre / step, centre, centre * step]
    }
}
