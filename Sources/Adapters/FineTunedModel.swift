package import Models
package import Tensors

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
        configuration?.values[AdapterKeys.targets] = .texts(adaptedModules)
        if restarting != nil {
            configuration?.values[AdapterKeys.mergedWeights] = .text(WeightFileName.whole)
        }
        if !wholeModules.isEmpty {
            configuration?.values["modules_to_save"] = .texts(wholeModules)
        }
        return configuration
    }
    private let firstConfiguration: AdapterConfiguration?

    /// The modules with an adapter, by the last parts of their names.
    private var adaptedModules: [String] {
        let linears = model.blocks.flatMap(\.projections).filter { $0.adapter != nil }
        let paths = Set(linears.map(\.projection)).map { model.configuration.path(of: $0) }
        return paths.map { String($0.split(separator: ".").last ?? "") }.sorted()
    }

    /// What happens at restarts; nil for methods without.
    let restarting: (any Restarting)?
    /// Called when the stored tensors have been read.
    var didRead: () -> Void = {}

    /// A plain model of which some parameters are trained.
    package convenience init(model: Transformer, trainable: [Parameter]) {
        for parameter in trainable { parameter.isTrainable = true }
        self.init(model: model, trainable: trainable, files: trainable.map { StoredTensor($0) })
    }

    init(
        model: Transformer, trainable: [Parameter], files: [StoredTensor],
        dropout: DropoutSeed = DropoutSeed(),
        adapterConfiguration: AdapterConfiguration? = nil, restarting: (any Restarting)? = nil
    ) {
        self.model = model
        self.trainable = trainable
        self.files = files
        self.dropout = dropout
        firstConfiguration = adapterConfiguration
        self.restarting = restarting
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

    /// Merges the adapter and starts it anew; the optimiser must then forget its moments.
    package func restart(number: Int) { restarting?.restart(number: number) }

    /// Takes up, after reading, what depends on the number of steps done.
    package func resume(after steps: Int) {
        guard let restarting else { return }
        restarting.resume(after: restarting.restarts.count(after: steps))
    }

    package var trainableCount: Int { trainable.reduce(0) { $0 + $1.count } }
}
