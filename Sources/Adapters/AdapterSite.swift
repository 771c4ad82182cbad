internal import Models
internal import Tensors

/// A place of an adapter in a model under training.
struct AdapterSite {
    let place: AdapterPlace
    /// The projection's own weight, [out, in], in the model under training.
    let weight: Parameter
    let dropout: AdapterDropout

    var rows: Int { place.rows }
    var columns: Int { place.columns }
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

    /// Shares the frozen parameters of a base and puts an adapter at every place.
    ///
    /// - Parameters:
    ///   - base: The pretrained model, which stays as it is.
    ///   - places: Where adapters are, in the order of the forward pass.
    ///   - probability: Dropout of the adapters' inputs.
    ///   - ownsTargets: Whether the adapted projections get a weight of their own to change.
    ///   - make: Makes the adapter of a site.
    /// - Throws: `TensorError.outOfMemory`.
    init(
        _ base: Transformer, at places: [AdapterPlace], dropout probability: Double = 0,
        ownsTargets: Bool = false, make: (AdapterSite) throws -> Adapter
    ) throws {
        let own = ownsTargets ? places.map { base.linear(at: $0).weight } : []
        let (model, seed) = (try base.sharingParameters(copying: own), DropoutSeed())
        adapters = try places.enumerated().map { index, place in
            let linear = model.linear(at: place)
            let adapter = try make(
                AdapterSite(
                    place: place, weight: linear.weight,
                    dropout: AdapterDropout(
                        probability: Float(probability), seed: seed, place: index)))
            linear.adapter = adapter
            return adapter
        }
        self.model = model
        dropout = seed
    }

    /// All that the adapters hold, as files have it.
    var files: [StoredTensor] { adapters.flatMap(\.parameters).map { StoredTensor($0) } }

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
        FineTunedModel(
            model: model, trainable: adapters.flatMap(\.parameters).filter(\.isTrainable),
            files: files ?? self.files, dropout: dropout,
            adapterConfiguration: configuration, restarting: restarting)
    }
}

extension Transformer {
    /// The projection at a place.
    func linear(at place: AdapterPlace) -> Linear { blocks[place.layer][place.projection] }
}
