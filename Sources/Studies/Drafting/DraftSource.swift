/// What of the base a drafted study watches.
struct DraftSource: Equatable {
    let tasks: [String]
    let text: String?
    /// The folder of the tasks' files; nil for the embedded ones.
    let data: String?

    /// What the embedded base was trained on.
    static let embedded = DraftSource(
        tasks: ["facts", "completion", "reference"], text: "world/heldout.txt", data: nil)

    /// Whether nothing is watched.
    var isEmpty: Bool { tasks.isEmpty && text == nil }
}
