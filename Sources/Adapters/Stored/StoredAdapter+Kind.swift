internal import Models

extension StoredAdapter {
    /// What is computed beside a projection.
    enum Kind {
        case lora(alpha: ModuleValue<Double>, LoRA.Scaling, isDoRA: Bool)
        case vera
        case mora(MoRAOperator)
    }

    /// Why the adapter cannot be at some places of a model.
    ///
    /// Nothing but reading counts: a rank over the sides of a layer is of no use in training, but
    /// adapters that were converted, as PiSSA is, have it. A matrix of MoRA has no form there.
    func problems(
        at places: [AdapterPlace], on configuration: ModelConfiguration
    ) throws(ModuleExpression.Endless) -> [String] {
        guard case .mora(let kind) = kind, let first = places.first else { return [] }
        let method = MoRA(
            rank: try rank(first.module), kind: kind, targets: Set(places.map(\.projection)))
        return method.problems(for: configuration).map(\.description)
    }
}

extension StoredAdapter.Kind {
    /// What an update is multiplied by.
    func scale(
        of module: String, rank: Int
    ) throws(ModuleExpression.Endless) -> Double {
        guard case .lora(let alpha, let scaling, _) = self else { return 1 }
        return try alpha(module) / scaling.divisor(rank: rank)
    }

    /// The tensors beside one projection.
    func tensors(at place: AdapterPlace, rank: Int) -> [AdapterTensor] {
        switch self {
        case .lora(_, _, isDoRA: false): LoRAAdapter.tensors(at: place, rank: rank)
        case .lora(_, _, isDoRA: true): DoRAAdapter.tensors(at: place, rank: rank)
        case .vera: VeRAAdapter.tensors(at: place, rank: rank)
        case .mora(let kind):
            [
                MoRAAdapter.tensor(
                    at: place, size: MoRA.size(rank: rank, kind: kind, for: place.shape))
            ]
        }
    }

    /// The tensors that all projections share.
    func sharedTensors(at places: [AdapterPlace], rank: Int) -> [AdapterTensor] {
        if case .vera = self { VeRAPair.tensors(at: places, rank: rank) } else { [] }
    }
}
