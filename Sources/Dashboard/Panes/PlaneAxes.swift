import RunEvents
import Verdicts

/// What the plane's axes are: the two numbers that the verdict weighs.
struct PlaneAxes {
    /// Across; more was learned to the right.
    let learned: MetricChoice
    /// Up: what was lost of it since the base model.
    let forgotten: MetricChoice

    init(_ scene: Scene) {
        let axes = scene.verdict.told?.question.axes ?? scene.question.axes
        let key = scene.history.identity.flatMap { try? axes.learnedMeasure(in: $0) }
        let definition = key.flatMap { scene.history.identity.definition(of: $0) }
        let chosen = definition.map { MetricChoice($0, task: key?.task) }
        learned = chosen.flatMap { scene.history.has($0) ? $0 : nil } ?? scene.targetLoss
        forgotten = MetricChoice(
            axes.forget == MetricDefinition.forgetting.name ? .forgetting : .retainedAccuracy)
    }

    /// Whether the numbers rise to the right.
    var isRising: Bool { learned.definition.direction == .higherIsBetter }

    /// The evaluations at which both sides were measured.
    func spots(of learning: Curve?, _ forgetting: Curve?) -> [PlaneTrack.Spot] {
        guard let learning, let forgetting else { return [] }
        return learning.points.compactMap { point in
            guard let value = forgetting.value(at: point.step), point.value.isFinite,
                let lost = lost(value, base: forgetting.base), lost.isFinite
            else { return nil }
            return PlaneTrack.Spot(learned: point.value, forgotten: lost)
        }
    }

    /// Forgetting is a loss already; of an accuracy, how much lower it is than the base's.
    private func lost(_ value: Double, base: Double?) -> Double? {
        forgotten == .forgetting ? value : base.map { $0 - value }
    }
}
