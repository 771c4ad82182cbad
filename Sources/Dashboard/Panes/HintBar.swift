import RunEvents

/// The line at the bottom: a message while there is one, else the keys that work now.
struct HintBar: Sendable, Equatable {
    struct Message: Sendable, Equatable {
        var text: String
        var color: CellColor
        /// The moment at which it goes away.
        var until: Double
    }

    private(set) var message: Message?

    mutating func show(_ text: String, color: CellColor = .standard, now: Double) {
        message = Message(text: text, color: color, until: now + 5)
    }

    /// Drops a message whose time is over; returns true if it did.
    mutating func expire(now: Double) -> Bool {
        guard let message, now >= message.until else { return false }
        self.message = nil
        return true
    }

    mutating func clear() { message = nil }

    func draw(
        in region: Region, bindings: [KeyBinding], on grid: inout CellGrid, scene: Scene
    ) {
        let margin = region.columns >= 40 ? 1 : 0
        if let message {
            grid.write(
                message.text, row: region.row, column: region.column + margin,
                limit: region.columns - margin, style: CellStyle(message.color, bold: true))
            return
        }
        var line = StyledText()
        for binding in bindings where !binding.hint.isEmpty {
            let key = binding.barLabel
            let hint = hint(of: binding, scene: scene)
            let gap = line.runs.isEmpty ? 0 : 2
            guard line.width + gap + key.count + 1 + hint.count <= region.columns - margin else {
                break
            }
            if gap > 0 { line.append("  ") }
            line.append(key, CellStyle(.accent, bold: true))
            line.append(" " + hint, CellStyle(.dim))
        }
        grid.write(line, row: region.row, column: region.column + margin)
    }

    private func isPaused(_ scene: Scene) -> Bool {
        CommandTarget(scene.selection.selected, in: scene.history)?.isPaused == true
    }

    /// The hint's word, which says what the key would do now.
    private func hint(of binding: KeyBinding, scene: Scene) -> String {
        switch binding.action {
        case .pauseOrResume: isPaused(scene) ? "resume" : binding.hint
        case .open:
            scene.selectedRow.map { scene.selection.opened.contains($0.studyArm) } == true
                ? "close" : binding.hint
        case .follow: scene.viewport.isFrozen ? "follow" : binding.hint
        default: binding.hint
        }
    }
}
