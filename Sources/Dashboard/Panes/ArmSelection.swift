/// Which arm is selected, which are hidden, which one the others are compared with, and how the arms
/// are listed.
///
/// All by name, so that nothing changes hands when rows move.
struct ArmSelection: Equatable, Sendable {
    /// The selected arm; nil until there is one.
    var selected: String?
    var hidden: Set<String> = []
    /// The arm that differences are measured against.
    var pinned: String?
    var order = ArmOrder.study
    var filter = ArmFilter()

    /// The arms that fit into `count` places, the selected one among them.
    func window(of arms: [ArmRecord], count: Int) -> ArraySlice<ArmRecord> {
        guard arms.count > count else { return arms[...] }
        let selected = arms.firstIndex { $0.name == self.selected } ?? 0
        let start = min(max(0, selected - count / 2), arms.count - max(0, count))
        return arms[start..<start + max(0, count)]
    }

    /// Whether the arm is drawn: neither hidden nor kept out by the filter.
    func isShown(_ arm: ArmRecord) -> Bool { !hidden.contains(arm.name) && filter.lets(arm) }

    /// Decides whose colour a shared cell takes: selected, then pinned, then the others.
    func priority(of arm: ArmRecord) -> Int {
        arm.name == selected ? 2 : arm.name == pinned ? 1 : 0
    }
}

extension ArraySlice<ArmRecord> {
    /// Which of `count` arms a window has, such as `2-5 of 12`; empty if it has all or none.
    func places(among count: Int) -> String {
        self.count < count && !isEmpty ? "\(startIndex + 1)-\(endIndex) of \(count)" : ""
    }
}
