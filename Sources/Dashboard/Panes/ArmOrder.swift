import Foundation
import RunEvents

/// The order in which the panes list the arms.
enum ArmOrder: CaseIterable, Sendable {
    /// As the study has them.
    case study
    case name
    /// The best by the metric of the learning chart first, or of the forgetting chart.
    case learn, forget
    /// The fastest first.
    case speed

    /// The one after it, round and round.
    var next: ArmOrder {
        let all = Self.allCases
        return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
}

/// Which arms are listed and drawn: those whose name or method holds a text.
struct ArmFilter: Equatable, Sendable {
    /// After a `!`, the text that neither may hold; empty lets every arm through.
    var text = ""

    func lets(_ arm: ArmRecord) -> Bool {
        let isInverse = text.hasPrefix("!")
        let wanted = text.dropFirst(isInverse ? 1 : 0).lowercased()
        guard !wanted.isEmpty else { return true }
        let holds = [arm.name, arm.method].contains { $0.lowercased().contains(wanted) }
        return holds != isInverse
    }
}

extension Scene {
    /// The arms in the chosen order; those without the number that decides come last.
    func ordered(_ arms: [ArmRecord]) -> [ArmRecord] {
        switch selection.order {
        case .study: return arms
        case .name:
            return arms.sorted {
                $0.name.compare($1.name, options: [.numeric, .caseInsensitive]) == .orderedAscending
            }
        case .learn: return ranked(arms, by: learn.choice)
        case .forget: return ranked(arms, by: forget.choice)
        case .speed: return Self.ranked(arms) { $0.speed.map { -$0 } }
        }
    }

    private func ranked(_ arms: [ArmRecord], by choice: MetricChoice) -> [ArmRecord] {
        let isHigherBetter = choice.definition.direction == .higherIsBetter
        return Self.ranked(arms) { arm in
            reading(of: choice, arm: arm).map { isHigherBetter ? -$0.value : $0.value }
        }
    }

    /// The lowest key first; equal ones stay in their order.
    private static func ranked(
        _ arms: [ArmRecord], by key: (ArmRecord) -> Double?
    ) -> [ArmRecord] {
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
        case .speed: "arms by speed, the fastest first"
        }
    }
}
