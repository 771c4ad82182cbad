package import Models
package import Tensors

/// A way of fine-tuning: which tensors are added to the base model, and which are trained.
///
/// A method needs nothing of the model code beyond `Linear.adapter`; to add one, implement this
/// protocol in a folder of its own.
package protocol FineTuningMethod: Sendable {
    /// The name in study files and tables.
    var name: String { get }
    /// The adapter's rank, for tables; nil where there is none.
    var displayedRank: Int? { get }

    /// What does not fit this model, with the largest value that would; empty if all is well.
    func problems(for configuration: ModelConfiguration) -> [String]

    /// How many numbers are trained on a model of these sizes, computed without making any.
    func trainableCount(for configuration: ModelConfiguration) -> Int

    /// Prepares a model to train; the base is left as it is.
    ///
    /// - Parameters:
    ///   - base: The pretrained model; its frozen parameters may be shared.
    ///   - generator: Randomness of the starting values.
    /// - Returns: The model with its adapters and the list of what is to be trained.
    /// - Throws: `TensorError.outOfMemory`.
    func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel
}

/// A model under training by one method.
package final class FineTunedModel {
    package let model: Transformer
    /// The parameters to optimise, in a fixed order.
    package private(set) var trainable: [Parameter]
    /// What is kept in files: the trainable parameters and what adapters need beside them.
    package private(set) var files: [StoredTensor]
    /// The modules that are stored whole beside the adapters, by PEFT's names.
    private var wholeModules: [String] = []
    /// Decides the dropout masks of the current step.
    package let dropout: DropoutSeed
    /// How the adapter describes itself in files; nil when the whole model is trained.
    package var adapterConfiguration: AdapterConfiguration? {
        var configuration = restarting?.configuration ?? firstConfiguration
        if !wholeModules.isEmpty {
            configuration?.values["modules_to_save"] = .texts(wholeModules)
        }
        return configuration
    }
    private let firstConfiguration: AdapterConfiguration?
    /// What happens at restarts; nil for methods without.
    let restarting: (any Restarting)?
    /// Called when the stored tensors have been read.
    let didRead: () -> Void

    /// A plain model of which some parameters are trained.
    package convenience init(model: Transformer, trainable: [Parameter]) {
        self.init(model: model, trainable: trainable, files: nil)
    }

    init(
        model: Transformer, trainable: [Parameter], files: [StoredTensor]?,
        dropout: DropoutSeed = DropoutSeed(),
        adapterConfiguration: AdapterConfiguration? = nil, restarting: (any Restarting)? = nil,
        didRead: @escaping () -> Void = {}
    ) {
        self.model = model
        self.trainable = trainable
        self.files = files ?? trainable.map { StoredTensor($0) }
        self.dropout = dropout
        firstConfiguration = adapterConfiguration
        self.restarting = restarting
        self.didRead = didRead
    }

    /// Trains parameters of the model beside the adapters.
    func train(_ parameters: [Parameter]) { trainable += parameters }

    /// Stores a module of the model whole.
    func add(_ tensor: StoredTensor, ofModule module: String) {
        files.append(tensor)
        wholeModules.append(module)
    }

    /// The parameters in files that have a tensor of their own, trainable or frozen.
    package var stored: [Parameter] { files.map(\.parameter) }

    /// When the adapter starts anew; nil for methods that never do.
    package var restarts: Restarts? { restarting?.restarts }

    /// Merges the adapter and starts it anew, if that is due before a step counted from 0.
    ///
    /// - Returns: Whether it was; the optimiser must then forget its moments.
    package func restart(before step: Int) -> Bool {
        guard let restarting, let number = restarting.restarts.number(before: step) else {
            return false
        }
        restarting.restart(number: number)
        return true
    }

    /// Takes up, after reading, what depends on the number of steps done.
    package func resume(after steps: Int) {
        guard let restarting else { return }
        restarting.resume(after: restarting.restarts.count(after: steps))
    }

    package var trainableCount: Int { trainable.reduce(0) { $0 + $1.count } }

    /// A plain model, in memory of its own, that predicts what this one does.
    ///
    /// - Throws: `TensorError.outOfMemory`.
    package func merged() throws -> Transformer {
        let plain = try model.copy(isTrainable: false)
        for (block, adapted) in zip(plain.blocks, model.blocks) {
            for projection in Projection.allCases {
                adapted[projection].adapter?.merge(into: block[projection].weight)
            }
        }
        return plain
    }
}

/// The seed of a step's dropout masks, shared by all adapters of a model.
package final class DropoutSeed {
    /// Set by the trainer before every step.
    package var step: UInt64 = 0

    package init() {}

    /// A seed for one place in the model.
    func seed(place: UInt64) -> UInt64 {
        var mixed = step ^ (place &* 0x9E37_79B9_7F4A_7C15)
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        return mixed ^ (mixed >> 31)
    }
}
