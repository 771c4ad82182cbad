package import Evaluation
package import Bases
internal import Foundation
internal import Models
package import RunEvents
internal import Settings

/// A study with everything in memory that it needs: the base, the data as tokens, the tasks.
package struct PreparedStudy {
    /// With the ranks of arms that match the size of another.
    package let study: Study
    package let base: BaseModel
    package let training: TrainingData
    package let evaluation: EvaluationPlan
    /// What is measured at ends beside it, of which it is a part; nil for nothing.
    package let finalEvaluation: EvaluationPlan?
    /// Things worth telling before the run starts: shortened or dropped records, ranks found.
    package let remarks: [String]
    /// Where the base's own scores stay from run to run; nil to measure them anew each time.
    package var baseScores: (any BaseScoreStore)?

    /// The definitions of all that a run of it measures, in the order in which a screen offers them.
    package var measures: [MetricDefinition] { Measures.definitions(of: evaluation) }

    /// Loads and checks everything; nothing is trained yet.
    ///
    /// - Parameters:
    ///   - study: What is prepared.
    ///   - locator: Finds its files.
    ///   - programs: Where programs are run that models write; asked only if any is judged by that.
    /// - Returns: All that a run needs.
    /// - Throws: `StudyError.invalid` with all that is wrong with the base, or does not fit it or the
    ///   data.
    package static func prepare(
        _ study: Study, locator: DataLocator,
        programs: () -> AnswerWriting.Programs = { .refused("no sandbox was asked for") }
    ) throws -> PreparedStudy {
        let description = try description(of: study, locator: locator)
        let fit = StudyFit(study, on: description.configuration)
        var loader = StudyDataLoader(study: fit.study, base: description, locator: locator)
        if loader.judgesPrograms { loader.programs = programs() }
        let model = loader.model()
        let training = loader.training()
        let evaluation = loader.evaluationPlan()
        let final = fit.study.atEnds.flatMap { study in
            var ends = StudyDataLoader(study: study, base: description, locator: locator)
            ends.programs = loader.programs
            return ends.evaluationPlan()
        }
        let problems = fit.problems + loader.problems
        guard problems.isEmpty, let model, let training, let evaluation else {
            throw StudyError.invalid(problems.inOrder)
        }
        return PreparedStudy(
            study: fit.study,
            base: BaseModel(
                name: study.base, model: model, tokenizer: description.tokenizer,
                chatTemplate: description.chatTemplate),
            training: training, evaluation: evaluation, finalEvaluation: final,
            remarks: loader.remarks + finalRemarks(final) + fit.remarks)
    }

    private static func finalRemarks(_ plan: EvaluationPlan?) -> [String] {
        plan.map { _ in
            "evaluate.final_limit: the base and the end of every arm are measured on more items too, "
                + "as tasks named \(FinalSeries.mark)"
        }.map { [$0] } ?? []
    }

    /// What preparing a study would find, beside what is wrong with it by itself.
    ///
    /// The weights are not read. The data are only if nothing but arms is wrong, for what is read from
    /// them follows from the rest of the study.
    static func problems(
        of study: Study, besides known: [SettingsProblem], locator: DataLocator
    ) -> [SettingsProblem] {
        guard !known.contains(where: { $0.path == "base" }) else { return [] }
        do {
            let description = try description(of: study, besides: known, locator: locator)
            let fit = StudyFit(study, on: description.configuration, besides: known)
            guard known.allSatisfy({ $0.path.hasPrefix("arms[") }) else { return fit.problems }
            var loader = StudyDataLoader(study: study, base: description, locator: locator)
            _ = loader.training()
            _ = loader.evaluationPlan()
            return fit.problems + loader.problems
        } catch StudyError.invalid(let problems) {
            return problems
        } catch {
            return []
        }
    }

    /// - Throws: `StudyError.invalid` with what is wrong with the base, and with what does not fit its
    ///   sizes if at least they can be read.
    private static func description(
        of study: Study, besides known: [SettingsProblem] = [], locator: DataLocator
    ) throws(StudyError) -> ModelDescription {
        var url: URL?
        do {
            let found = try BaseModel.url(of: study.base, locator: locator)
            url = found
            return try ModelDescription(found)
        } catch {
            let sizes = url.flatMap { try? ModelDescription.configuration(at: $0) }
            let fit = sizes.map { StudyFit(study, on: $0, besides: known) }
            let problems = [study.problem(at: "base", "\(error)")] + (fit?.problems ?? [])
            throw .invalid(problems.inOrder)
        }
    }
}
