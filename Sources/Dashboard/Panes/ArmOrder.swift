import Foundation
import RunEvents
import Verdicts

/// The order in which the panes list the arms.
enum ArmOrder: CaseIterable, Sendable {
    /// As the study has them.
    case study
    case name
    /// The best by the metric of the learning chart first, or of the forgetting chart.
    case learn, forget
    /// By the verdict, that which has forgotten least where arms have learned as much first.
    case equalLearning
    /// The fastest first.
    case speed

    /// The one after it, round and round.
    var next: ArmOrder {
        let all = Self.allCases
        return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
}

extension Scene {
    /// The lines of arms in the chosen order; those without the number that decides come last.
    func ordered(_ arms: [ArmRow]) -> [ArmRow] {
        switch selection.order {
        case .study: return arms
        case .name:
            return arms.sorted {
                $0.name.compare($1.name, options: [.numeric, .caseInsensitive]) == .orderedAscending
            }
        case .learn: return ranked(arms, by: learn.choice)
        case .forget: return ranked(arms, by: forget.choice)
        case .equalLearning: return Self.ranked(arms, by: forgottenAtEqualLearning)
        case .speed: return Self.ranked(arms) { $0.speed.map { -$0 } }
        }
    }

    /// What an arm had forgotten at the level that the verdict compares all arms at; nil for one that does
    /// not reach it, and for a trajectory.
    func forgottenAtEqualLearning(_ row: ArmRow) -> Double? {
        guard !row.isNested, let verdict = verdict.verdict, let level = verdict.commonLevel else {
            return nil
        }
        return verdict.forgotten(by: row.first.judgedName, at: level)
    }

    private func ranked(_ arms: [ArmRow], by choice: MetricChoice) -> [ArmRow] {
        let isHigherBetter = choice.definition.direction == .higherIsBetter
        return Self.ranked(arms) { arm in
            reading(of: choice, row: arm).map { isHigherBetter ? -$0.value : $0.value }
        }
    }

    /// The lowest key first; equal ones stay in their order.
    private static func ranked(_ arms: [ArmRow], by key: (ArmRow) -> Double?) -> [ArmRow] {
        arms.map { (arm: $0, key: key($0) ?? .infinity) }.enumerated()
            .sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }
            .map(\.element.arm)
    }

    /// What the order is, for a person.
    var orderText: String {
        switch selection.order {
        case .study: "arms in the study's order"
        case .name: "arms by name"
        case .learn: "arms by \(learn.choice.title), the best first"
        case .forget: "arms by \(forget.choice.title), the best first"
        case .equalLearning: equalLearningText
        case .speed: "arms by speed, the fastest first"
        }
    }

    private var equalLearningText: String {
        guard let verdict = verdict.verdict, let level = verdict.commonLevel else {
            return "arms by forgetting at equal learning: no verdict on that yet"
        }
        return "arms by \(verdict.forgotten.name) at \(verdict.learned.name) "
            + "\(NumberText.value(level)), the least first"
    }
}
