import RunEvents
import Verdicts

/// What the user wants to know of the verdict: the two numbers, the level at which they are read, and how
/// much may be forgotten.
///
/// All of it changes what is shown alone.
struct VerdictChoices: Sendable, Equatable {
    private(set) var axes = VerdictAxes()
    /// nil reads over all levels that both arms of a pair come to.
    private(set) var level: Double?
    /// By what is forgotten, in its unit; what the study says holds where there is none.
    private var budgets: [String: Double] = [:]

    /// Levels that a move and a far move go, of the 129 between the base and the lowest.
    private static let (move, farMove) = (4, 16)

    /// The budget that was typed for the present axis of forgetting.
    var budget: Double? { budgets[axes.forget] }

    /// Asks for another one.
    var prompt: BudgetPrompt { BudgetPrompt(forget: axes.forget) }

    mutating func set(budget: Double?) { budgets[axes.forget] = budget }

    func question(_ history: RunHistory) -> VerdictQuestion {
        let ofStudy =
            axes.forget == VerdictAxes.forgetting ? history.identity?.budget : nil
        return VerdictQuestion(axes: axes, level: level, budget: budget ?? ofStudy)
    }

    /// Does what the action asks while the verdict has the focus.
    ///
    /// - Returns: nil if it is none of the verdict's actions; else what there is to say, often nothing.
    mutating func handle(
        _ action: Action, reading: VerdictReading, history: RunHistory
    ) -> String? {
        switch action {
        case .metric: return nextLearned(history)
        case .logarithm: return nextForgotten(history)
        case .fit: level = nil
        case .close:
            guard level != nil else { return nil }
            level = nil
        case .cursorLeft: return moveLevel(by: -Self.move, reading)
        case .cursorRight: return moveLevel(by: Self.move, reading)
        case .cursorFarLeft: return moveLevel(by: -Self.farMove, reading)
        case .cursorFarRight: return moveLevel(by: Self.farMove, reading)
        case .cursorHome: return moveLevel(by: -.max / 2, reading)
        case .cursorEnd: return moveLevel(by: .max / 2, reading)
        default: return nil
        }
        return ""
    }

    // MARK: - Level

    /// The first move goes to the lowest level that every arm comes to.
    private mutating func moveLevel(by change: Int, _ reading: VerdictReading) -> String {
        let levels = reading.verdict?.levels ?? []
        guard let last = levels.indices.last else { return "no level to read yet" }
        let near = { (value: Double) in
            levels.indices.min { abs(levels[$0] - value) < abs(levels[$1] - value) } ?? last
        }
        if let level {
            self.level = levels[min(max(near(level) + change, 0), last)]
        } else if abs(change) > Self.farMove {
            level = change < 0 ? levels.first : levels.last
        } else {
            level = levels[reading.verdict?.cost.map { near($0.learned) } ?? last]
        }
        return ""
    }

    // MARK: - Axes

    private mutating func nextLearned(_ history: RunHistory) -> String {
        guard let identity = history.identity else { return Scene.waiting }
        let choices = VerdictAxes.learnable(in: identity).filter { learn, task in
            history.arms.contains { arm in
                arm.trajectory.curve(.target, learn, task: task)?.isEmpty == false
            }
        }
        let now = choices.firstIndex { $0.learn == axes.learn && $0.task == axes.task ?? $0.task }
        guard choices.count > 1 || now == nil, !choices.isEmpty else {
            return "no other number of learning recorded"
        }
        (axes.learn, axes.task) = choices[now.map { ($0 + 1) % choices.count } ?? 0]
        level = nil
        return ""
    }

    private mutating func nextForgotten(_ history: RunHistory) -> String {
        let choices = VerdictAxes.forgotten.filter { name in
            history.arms.contains { $0.trajectory.curve(.source, name)?.isEmpty == false }
        }
        let now = choices.firstIndex(of: axes.forget)
        guard choices.count > 1 || now == nil, !choices.isEmpty else {
            return "no other number of forgetting recorded"
        }
        axes.forget = choices[now.map { ($0 + 1) % choices.count } ?? 0]
        return ""
    }
}

extension Verdict {
    /// The levels at which any arm can be read, from the base's neighbour on.
    var levels: [Double] {
        let all = Set(arms.flatMap { $0.envelope.map(\.learned) }).sorted()
        return Array((learned.isHigherBetter ? all : all.reversed()).dropFirst())
    }
}
