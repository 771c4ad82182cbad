import RunEvents

/// Everything known of one arm that fits no table.
struct ArmInfo: Sendable, Equatable {
    let arm: String

    func draw(in screen: Region, on grid: inout CellGrid, scene: Scene) {
        guard let record = scene.history.arm(named: arm) else { return }
        Overlay.box(lines(record), title: "ARM  " + arm, in: screen, on: &grid, scene: scene)
    }

    private func lines(_ arm: ArmRecord) -> [StyledText] {
        var rows: [(String, String)] = [("letter", String(arm.letter))]
        if let identity = arm.identity {
            rows += [
                ("method", arm.method), ("seed", String(identity.seed)),
                ("planned steps", String(identity.plannedSteps)),
                ("planned lr", NumberText.learningRate(identity.learningRate)),
                (
                    "trainable",
                    "\(NumberText.count(Double(identity.trainableParameters))) of "
                        + NumberText.count(Double(identity.totalParameters))
                        + (arm.trainableShare.map { ", " + NumberText.percent($0) } ?? "")
                ),
            ]
        }
        rows += optimizerRows(arm.identity?.optimizer ?? "")
        rows += [
            ("state", arm.state.rawValue), ("step", String(arm.step)),
            ("tokens", NumberText.count(Double(arm.tokens))),
            ("time", NumberText.duration(arm.seconds)),
            ("lr now", arm.learningRate.map(NumberText.learningRate) ?? "-"),
            ("last command", arm.command?.text ?? "none"),
            ("checkpoints", String(arm.checkpoints.count)),
        ]
        rows += arm.checkpoints.suffix(5).map {
            ("  @\($0.step)", "\($0.path)  \(NumberText.count(Double($0.bytes)))B")
        }
        return rows.map { name, value in
            var line = StyledText(DisplayText.padded(name, width: 15), CellStyle(.dim))
            line.append(value)
            return line
        }
    }

    /// The parts of the description, as many on a line as fit a narrow screen.
    private func optimizerRows(_ text: String) -> [(String, String)] {
        let lines = text.split(separator: ", ").reduce(into: [String]()) { lines, part in
            if let last = lines.last, last.count + part.count < 56 {
                lines[lines.count - 1] = last + ", " + part
            } else {
                lines.append(String(part))
            }
        }
        return lines.enumerated().map { ($0 == 0 ? "optimizer" : "", $1) }
    }
}
