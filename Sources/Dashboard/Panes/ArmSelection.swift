/// Which line of the arms is selected, which trajectories are hidden, which line the others are compared
/// with, and how the arms are listed.
///
/// All by name, so that nothing changes hands when rows move.
struct ArmSelection: Equatable, Sendable {
    /// The selected arm or trajectory; nil until there is one.
    var selected: ArmLine?
    /// Trajectories.
    var hidden: Set<String> = []
    /// The arm or trajectory that differences are measured against.
    var pinned: ArmLine?
    /// The arms below which their trajectories are listed.
    var opened: Set<String> = []
    var order = ArmOrder.study
    var filter = ArmFilter()

    /// The lines that fit into `count` places, the selected one among them.
    func window(of rows: [ArmRow], count: Int) -> ArraySlice<ArmRow> {
        guard rows.count > count else { return rows[...] }
        let selected = rows.firstIndex { isSelected($0) } ?? 0
        let start = min(max(0, selected - count / 2), rows.count - max(0, count))
        return rows[start..<start + max(0, count)]
    }

    func isSelected(_ row: ArmRow) -> Bool { row.line == selected }

    /// Whether a trajectory is drawn: neither hidden nor kept out by the filter.
    func isShown(_ arm: ArmRecord) -> Bool { !hidden.contains(arm.name) && filter.lets(arm) }

    /// Whether a line is drawn, or a part of it.
    func isShown(_ row: ArmRow) -> Bool {
        row.trajectories.contains { !hidden.contains($0.name) }
    }

    /// Decides whose colour a shared cell takes: selected, then pinned, then the others.
    func priority(of arm: ArmRecord) -> Int {
        selected?.holds(arm) == true ? 2 : pinned?.holds(arm) == true ? 1 : 0
    }

    /// The lines that lists have for these trajectories.
    func lineCount(of arms: [ArmRecord]) -> Int {
        ArmGroup.groups(of: arms.filter(filter.lets)).reduce(0) { sum, group in
            let isOpen =
                group.trajectories.count > 1 && opened.contains(group.trajectories[0].studyArm)
            return sum + 1 + (isOpen ? group.trajectories.count : 0)
        }
    }
}

extension ArraySlice<ArmRow> {
    /// Which of `count` lines a window has, such as `2-5 of 12`; empty if it has all or none.
    func places(among count: Int) -> String {
        self.count < count && !isEmpty ? "\(startIndex + 1)-\(endIndex) of \(count)" : ""
    }
}
