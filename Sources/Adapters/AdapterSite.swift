internal import Models
internal import Tensors

/// One projection of one layer, where an adapter is put.
struct AdapterSite {
    let layer: Int
    let projection: Projection
    /// The projection's module, as PEFT names it.
    let module: String
    /// The projection's own weight, [out, in], in the model under training.
    let weight: Parameter
    let dropout: AdapterDropout

    /// What the names of the adapter's tensors begin with in PEFT's files.
    var name: String { "base_model.model." + module }
    /// [out, in] of the projection.
    var rows: Int { weight.rows }
    var columns: Int { weight.columns }
}

/// Dropout of an adapter's input, with a mask of its own at every site and step.
struct AdapterDropout {
    let probability: Float
    let seed: DropoutSeed
    let place: Int

    func callAsFunction(_ input: Tensor, on tape: Tape) -> Tensor {
        tape.dropout(input, probability: probability, seed: seed.seed(place: place))
    }
}

/// A model with adapters, before its method says what is trained.
struct AdaptedModel<Adapter: LinearAdapter> {
    let model: Transformer
    let adapters: [Adapter]
    let dropout: DropoutSeed

    /// Shares the frozen parameters of a base and puts an adapter at every target, in the order of
    /// the forward pass.
    ///
    /// - Parameters:
    ///   - base: The pretrained model, which stays as it is.
    ///   - targets: The projections that get an adapter.
    ///   - probability: Dropout of the adapters' inputs.
    ///   - ownsTargets: Whether the adapted projections get a weight of their own to change.
    ///   - make: Makes the adapter of a site.
    /// - Throws: `TensorError.outOfMemory`.
    init(
        _ base: Transformer, targets: Set<Projection>, dropout probability: Double,
        ownsTargets: Bool = false, make: (AdapterSite) throws -> Adapter
    ) throws {
        let own =
            ownsTargets
            ? base.blocks.flatMap(\.projections).filter { targets.contains($0.projection) }
                .map(\.weight) : []
        model = try base.sharingParameters(copying: own)
        dropout = DropoutSeed()
        var adapters: [Adapter] = []
        for (layer, block) in model.blocks.enumerated() {
            for linear in block.projections where targets.contains(linear.projection) {
                let site = AdapterSite(
                    layer: layer, projection: linear.projection,
                    module: model.configuration.declaration(
                        .weight(linear.projection), layer: layer
                    ).module, weight: linear.weight,
                    dropout: AdapterDropout(
                        probability: Float(probability), seed: dropout,
                        place: adapters.count))
                let adapter = try make(site)
                linear.adapter = adapter
                adapters.append(adapter)
            }
        }
        self.adapters = adapters
    }

    /// The model for training what the adapters hold and may change.
    ///
    /// - Parameters:
    ///   - configuration: How the adapter describes itself in files.
    ///   - files: What is kept in files; nil for all that the adapters hold.
    ///   - restarting: What happens at restarts.
    /// - Returns: The model.
    func tuned(
        _ configuration: AdapterConfiguration, files: [StoredTensor]? = nil,
        restarting: (any Restarting)? = nil
    ) -> FineTunedModel {
        let held = adapters.flatMap(\.parameters)
        return FineTunedModel(
            model: model, trainable: held.filter(\.isTrainable),
            files: files ?? held.map { StoredTensor($0) }, dropout: dropout,
            adapterConfiguration: configuration, restarting: restarting)
    }
}
