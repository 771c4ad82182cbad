internal import Models

/// What a stored adapter puts on a model: an adapter at every place, each of a rank and a scale of its
/// own, and parameters in the place of the model's.
struct AdapterContents {
    /// One projection's adapter.
    private struct Placed {
        let place: AdapterPlace
        let rank: Int
        /// What its update is multiplied by.
        let scale: Double
    }

    private let kind: StoredAdapter.Kind
    private let adapters: [Placed]
    private let whole: WholeParameters

    /// Compares what the configuration says with the model, before room is made for anything.
    ///
    /// `problems` gets a sentence for everything that does not fit.
    init(
        of adapter: StoredAdapter, in file: SafetensorsFile, on configuration: ModelConfiguration,
        _ problems: inout [String]
    ) throws {
        kind = adapter.kind
        whole = try WholeParameters(of: adapter, in: file, on: configuration, &problems)
        let places = try adapter.modules.places(of: configuration, &problems) { [kind] place in
            kind.tensors(at: place, rank: 1).contains { $0.storedName(in: file) != nil }
        }
        adapters = try places.map { [kind] place in
            let rank = try adapter.rank(place.module)
            let scale = try kind.scale(of: place.module, rank: rank)
            return Placed(place: place, rank: rank, scale: scale)
        }
        problems += try adapter.problems(at: places, on: configuration)
    }

    private var places: [AdapterPlace] { adapters.map(\.place) }

    /// What does not fit in the list of tensors, which must be those of the adapter and no others.
    func problems(in file: SafetensorsFile) -> [String] {
        let expected =
            adapters.flatMap { kind.tensors(at: $0.place, rank: $0.rank) }
            + kind.sharedTensors(at: places, rank: adapters.first?.rank ?? 1)
            + whole.stored.map { AdapterTensor(whole: $0) }
        let stored = expected.map { (name: $0.storedName(in: file) ?? $0.name, $0.storedShape) }
        let known = Set(stored.map(\.name))
        return stored.compactMap { file.problem(ofShape: $1, $0) }
            + file.tensorNames.filter { !known.contains($0) }
            .map { "\($0) has no place in the base model" }
    }

    /// A model with room for what is stored, and all that is to be read into it.
    ///
    /// - Throws: `TensorError.outOfMemory`.
    func model(on base: Transformer) throws -> (model: Transformer, tensors: [StoredTensor]) {
        let (own, replaced) = try whole.model(on: base)
        switch kind {
        case .lora(_, _, isDoRA: false):
            let adapted = try adapted(own) { site, rank, scale in
                try LoRAAdapter(site, rank: rank, scale: scale)
            }
            return (adapted.model, adapted.files + replaced)
        case .lora(_, _, isDoRA: true):
            let adapted = try adapted(own) { site, rank, scale in
                try DoRAAdapter(site, rank: rank, scale: scale)
            }
            return (adapted.model, adapted.files + replaced)
        case .vera:
            let pair = try VeRAPair(rank: adapters.first?.rank ?? 1, at: places)
            let adapted = try adapted(own) { site, _, _ in try VeRAAdapter(site, pair: pair) }
            return (adapted.model, pair.files + adapted.files + replaced)
        case .mora(let kind):
            let adapted = try adapted(own) { site, rank, _ in
                let size = MoRA.size(rank: rank, kind: kind, for: site.place.shape)
                return try MoRAAdapter(site, kind: kind, size: size)
            }
            return (adapted.model, adapted.files + replaced)
        }
    }

    private func adapted<Adapter: LinearAdapter>(
        _ base: Transformer,
        _ make: (_ site: AdapterSite, _ rank: Int, _ scale: Double) throws -> Adapter
    ) throws -> AdaptedModel<Adapter> {
        var rest = adapters[...]
        return try AdaptedModel(base, at: places) { site in
            guard let next = rest.popFirst() else { preconditionFailure("an adapter too few") }
            return try make(site, next.rank, next.scale)
        }
    }
}
