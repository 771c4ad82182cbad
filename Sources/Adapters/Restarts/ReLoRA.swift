internal import Kernels
package import Models
internal import Tensors

/// LoRA whose update is merged into the base now and then (Lialin and others 2023, arXiv
/// 2307.05695).
///
/// At every restart W += s·B·A, A is drawn anew, B = 0, the optimiser forgets its moments (all of
/// them, those of trained tables too; the authors' code can also prune them) and the learning rate
/// rises again. After n restarts the whole update has a rank of up to (n + 1)·rank.
package struct ReLoRA: MethodVariant, Equatable {
    package var lora: LoRA
    package var restarts: Restarts

    package init(_ lora: LoRA, restarts: Restarts) {
        self.lora = lora
        self.restarts = restarts
    }

    package var name: String { "relora" }
    package var origin: any FineTuningMethod { lora }

    package func ownProblems(for configuration: ModelConfiguration) -> [MethodProblem] {
        restarts.problems
    }

    /// The weights into which updates are merged are its own.
    package func memory(on configuration: ModelConfiguration) -> MethodMemory {
        lora.memory(on: configuration) { $0.rows * $0.columns }
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let adapted = try lora.adapted(base, ownsTargets: true, using: &generator)
        let restarting = RestartingLoRA(self, adapted.adapters, seed: generator.next())
        return adapted.tuned(lora.adapterConfiguration, restarting: restarting)
    }
}

private final class RestartingLoRA: Restarting {
    let restarts: Restarts
    private let lora: LoRA
    private let adapters: [LoRAAdapter]
    private let seed: UInt64

    init(_ method: ReLoRA, _ adapters: [LoRAAdapter], seed: UInt64) {
        restarts = method.restarts
        lora = method.lora
        self.adapters = adapters
        self.seed = seed
    }

    var ownWeights: [Parameter] { adapters.map(\.site.weight) }
    var configuration: AdapterConfiguration { lora.adapterConfiguration }

    func restart(number: Int) {
        var generator = SplitMix64(seed: SplitMix64.number(number, seed: seed))
        for adapter in adapters {
            adapter.merge(into: adapter.site.weight)
            lora.initialise(adapter.a, using: &generator)
            adapter.b.fill(0)
        }
    }

    func resume(after count: Int) {}
}
