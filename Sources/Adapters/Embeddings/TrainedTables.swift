package import Models
internal import Tensors

/// Adapters beside which copies of the embedding table or the head are trained whole.
///
/// Stored as PEFT stores the modules of `modules_to_save`. Tied tables are one matrix, stored under
/// both names, for PEFT would untie a single one.
package struct TrainedTables: MethodVariant {
    package var origin: any FineTuningMethod
    package var tables: Set<VocabularyTable>
    /// The tables' learning rate over the arm's; LoRA Learns Less (appendix A.1) found 0.1 to 0.5.
    package var learningRateFactor: Double

    package init(
        _ origin: any FineTuningMethod, tables: Set<VocabularyTable>,
        learningRateFactor: Double = 1
    ) {
        self.origin = origin
        self.tables = tables
        self.learningRateFactor = learningRateFactor
    }

    package var name: String { origin.name }

    package func ownProblems(for configuration: ModelConfiguration) -> [MethodProblem] {
        let isUsable = learningRateFactor > 0 && learningRateFactor.isFinite
        return isUsable
            ? []
            : [
                MethodProblem(
                    .tableLearningRate,
                    "\(learningRateFactor) times the arm's learning rate: use a number above 0")
            ]
    }

    package func trainableCount(for configuration: ModelConfiguration) -> Int {
        let count = configuration.tiesEmbeddings ? min(1, tables.count) : tables.count
        return origin.trainableCount(for: configuration)
            + count * configuration.vocabularySize * configuration.hiddenSize
    }

    package func memory(on configuration: ModelConfiguration) -> MethodMemory {
        var memory = origin.memory(on: configuration)
        let roles = Set(tables.map(\.role))
        let isTied = configuration.tiesEmbeddings
        memory.trains = {
            roles.contains($0.role) || (isTied && !roles.isEmpty && $0.role == .embedding)
        }
        return memory
    }

    package func attach(
        to base: Transformer, using generator: inout some RandomNumberGenerator
    ) throws -> FineTunedModel {
        let chosen = VocabularyTable.allCases.filter(tables.contains)
        let own = try base.sharingParameters(copying: chosen.map { base[$0] })
        let tuned = try origin.attach(to: own, using: &generator)
        let isTied = base.head === base.embedding
        tuned.train(
            isTied && !chosen.isEmpty ? VocabularyTable.allCases : chosen,
            learningRateFactor: learningRateFactor)
        return tuned
    }
}

extension FineTunedModel {
    /// Trains and stores whole tables of the model, of which it has copies, beside the adapters.
    fileprivate func train(_ tables: [VocabularyTable], learningRateFactor: Double) {
        var parameters: [Parameter] = []
        for table in tables {
            let parameter = model[table]
            add(
                StoredTensor(parameter, whole: model.configuration.declaration(table)),
                ofModule: model.configuration.name(of: table))
            guard !parameters.contains(where: { $0 === parameter }) else { continue }
            parameter.isTrainable = true
            parameter.learningRateFactor = learningRateFactor
            parameters.append(parameter)
        }
        train(parameters)
    }
}

extension ModelConfiguration {
    /// PEFT's name of a table's module: the last part of its path.
    func name(of table: VocabularyTable) -> String {
        String(declaration(table).module.split(separator: ".").last ?? "")
    }
}
