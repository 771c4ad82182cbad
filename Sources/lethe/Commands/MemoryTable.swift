import Adapters
import Kernels
import Models
import Studies
import Training

/// What fine-tuning a model takes of memory by each method, and whether this machine has it.
struct MemoryTable {
    private let configuration: ModelConfiguration
    private let batch: Int
    private let sequence: Int
    /// Bytes that the process can still get.
    private let free = Memory.freeBytes

    /// The rank of LoRA whose number of trained parameters other adapters meet.
    private static let rank = 16

    init(_ configuration: ModelConfiguration, batch: Int, sequence: Int) {
        self.configuration = configuration
        self.batch = batch
        self.sequence = sequence
    }

    /// The table below a line that says what it is about.
    var text: String {
        let header = [
            "method", "rank", "trained", "weights", "optimizer", "step", "with the base", "fits",
        ]
        let rows = MethodSettings.Name.allCases.map(row)
        return "memory to fine-tune at \(batch) sequences of \(sequence) tokens; "
            + "\(AlignedText.size(free)) are free on this machine\n"
            + AlignedText.lines([header] + rows, rightAligned: [1, 2, 3, 4, 5, 6])
    }

    private func row(_ name: MethodSettings.Name) -> [String] {
        let settings = MethodSettings.standard(name, likeLoRA: Self.rank, on: configuration)
        guard let method = settings?.method, method.problems(for: configuration).isEmpty else {
            return [name.rawValue, "no rank fits this model"]
        }
        let memory = ArmMemory(
            of: method, on: configuration, batchSize: batch, sequenceLength: sequence)
        let all = configuration.memoryBytes + memory.bytes
        return [
            name.rawValue, method.displayedRank.map { "\($0)" } ?? "-",
            "\(method.trainableCount(for: configuration))", AlignedText.size(memory.weights),
            AlignedText.size(memory.optimizer), AlignedText.size(memory.step),
            AlignedText.size(all), all <= free ? "yes" : "no",
        ]
    }
}
