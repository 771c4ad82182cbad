package import Models
internal import Tensors

/// MoRA whose update is merged into the base now and then (Jiang and others 2024, arXiv
/// 2405.12130, section 5.3).
///
/// At every restart W += ΔW, M = 0, the optimiser forgets its moments and the learning rate rises
/// again. The two sharing operators take turns, so that the rank of the whole update grows, as the
/// paper says (appendix B; the authors' code goes through four by default, with two that mix the
/// groupings of inputs and outputs); the others stay.
package struct ReMoRA: MethodVariant, Equatable {
    package var mora: MoRA
    package var restarts: Restarts

    package init(_ mora: MoRA, restarts: Restarts) {
        self.mora = mora
        self.restarts = restarts
    }

    package var name: String { "remora" }
    package var origin: any FineTuningMethod { mora }

    package func ownProblems(for configuration: ModelConfiguration) -> [MethodProblem] {
        restarts.problems
    }

    /// The weights into which updates are merged are its own.
    package func memory(on configuration: ModelConfiguration) -> MethodMemory {
        mora.memory(on: configuration) { $0.rows * $0.columns }
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let adapted = try mora.adapted(base, ownsTargets: true)
        let restarting = RestartingMoRA(self, adapted.adapters)
        return adapted.tuned(mora.adapterConfiguration, restarting: restarting)
    }
}

private final class RestartingMoRA: Restarting {
    let restarts: Restarts
    private let mora: MoRA
    private let adapters: [MoRAAdapter]
    private var kind: MoRAOperator

    init(_ method: ReMoRA, _ adapters: [MoRAAdapter]) {
        restarts = method.restarts
        mora = method.mora
        kind = mora.kind
        self.adapters = adapters
    }

    var ownWeights: [Parameter] { adapters.map(\.site.weight) }

    var configuration: AdapterConfiguration {
        var current = mora
        current.kind = kind
        return current.adapterConfiguration
    }

    func restart(number: Int) {
        for adapter in adapters {
            adapter.merge(into: adapter.site.weight)
            adapter.matrix.fill(0)
        }
        resume(after: number)
    }

    func resume(after count: Int) {
        kind = count % 2 == 0 ? mora.kind : mora.kind.counterpart
        for adapter in adapters { adapter.use(kind) }
    }
}

extension MoRAOperator {
    /// The operator that takes turns with this one.
    fileprivate var counterpart: MoRAOperator {
        switch self {
        case .sharing: .contiguous
        case .contiguous: .sharing
        case .truncation, .decouple, .rotation: self
        }
    }
}
