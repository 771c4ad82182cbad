import RunEvents

/// The arms as cards in a sidebar, below an open one its trajectories: a few lines each.
struct ArmCards {
    /// How much a card tells, and the blank lines before the next one.
    struct Size: Equatable {
        var lines: Int
        var gap = 0

        /// From everything to the arm and its two measures in one line.
        static let all = [Size(lines: 5, gap: 1), Size(lines: 3), Size(lines: 2), Size(lines: 1)]

        /// The most that `count` cards can tell within `rows` lines.
        static func fitting(_ count: Int, in rows: Int) -> Size {
            all.first { $0.rows(of: count) <= rows } ?? Size(lines: 1)
        }

        /// The lines that `count` cards take.
        func rows(of count: Int) -> Int { max(0, count * (lines + gap) - gap) }
    }

    let pane: ArmsPane
    let scene: Scene

    func draw(in frame: Region, on grid: inout CellGrid) {
        let region = frame.inset(rows: 1, columns: 1)
        let rows = scene.rows
        let size = Size.fitting(rows.count, in: region.rows)
        let pitch = size.lines + size.gap
        let shown = scene.selection.window(
            of: rows, count: max(1, (region.rows + size.gap) / pitch))
        drawEdge(frame, parts: [shown.places(among: rows.count)] + order(size), on: &grid)
        for (place, arm) in shown.enumerated() {
            let row = region.row + place * pitch
            let lines = self.lines(of: arm, size: size, width: region.columns)
            for (index, line) in lines.enumerated() where row + index < region.endRow {
                grid.write(line, row: row + index, column: region.column, limit: region.columns)
            }
        }
        if rows.isEmpty, !region.isEmpty {
            grid.write(
                pane.emptyText(scene), row: region.row, column: region.column,
                limit: region.columns, style: CellStyle(.dim))
        }
    }

    private func drawEdge(_ frame: Region, parts: [String], on grid: inout CellGrid) {
        let filter = scene.selection.filter.text
        let all = ([filter.isEmpty ? "" : "/" + filter] + parts).filter { !$0.isEmpty }
        let title = scene.title("ARMS", focus: .arms, parts: all, width: frame.columns)
        grid.frame(frame, title: title, glyphs: scene.glyphs)
    }

    /// What decides the order, and what the numbers are where the cards do not say it.
    private func order(_ size: Size) -> [String] {
        let (learn, forget) = (scene.learn.choice.heading, scene.forget.choice.heading)
        let names = size.lines == 1 ? [learn, forget] : []
        switch scene.selection.order {
        case .study: return names
        case .name: return names + ["by name"]
        case .learn: return names + ["by " + learn]
        case .forget: return names + ["by " + forget]
        case .equalLearning: return names + ["by forgetting at equal learning"]
        case .speed: return names + ["by speed"]
        }
    }

    private func lines(of arm: ArmRow, size: Size, width: Int) -> [StyledText] {
        switch size.lines {
        case 1: [summary(arm, width: width)]
        case 2: [heading(arm, width: width), measures(arm, width: width)]
        case 3:
            [heading(arm, width: width), progress(arm, width: width), measures(arm, width: width)]
        default:
            [
                heading(arm, width: width), progress(arm, width: width),
                measures(arm, width: width), training(arm, width: width), command(arm),
            ]
        }
    }

    /// The arm and its two measures in one line.
    private func summary(_ arm: ArmRow, width: Int) -> StyledText {
        let numbers = [scene.learn.choice, scene.forget.choice].map { text(of: $0, arm) }
        let values = numbers.map { DisplayText.rightAligned($0, width: 8) }.joined()
        var line = pane.marks(of: arm, scene: scene)
        line.append(
            DisplayText.fittedName(
                scene.name(of: arm), width: width - line.width - values.count,
                ellipsis: scene.glyphs.ellipsis), pane.textStyle(of: arm))
        line.pad(to: width - values.count)
        line.append(values, pane.textStyle(of: arm))
        return line
    }

    private func heading(_ arm: ArmRow, width: Int) -> StyledText {
        var line = pane.marks(of: arm, scene: scene)
        let standing = scene.standing(of: arm)
        let room = width - line.width - standing.text.count - 1
        line.append(
            DisplayText.fittedName(
                scene.name(of: arm), width: room, ellipsis: scene.glyphs.ellipsis),
            pane.textStyle(of: arm))
        line.pad(to: width - standing.text.count)
        line.append(standing.text, standing.style)
        return line
    }

    private func progress(_ arm: ArmRow, width: Int) -> StyledText {
        let text = arm.isArm ? arm.doneText + " done" : arm.stepText
        let steps = DisplayText.rightAligned(text, width: 9)
        let bar = scene.glyphs.bar(arm.share, width: max(0, width - 16))
        var line = StyledText("     ")
        line.append(bar.full, CellStyle(.arm(arm.first.index)))
        line.append(bar.empty, CellStyle(.dim))
        line.append("  " + steps)
        return line
    }

    /// The newest learning and forgetting, each with its metric's name, cut where both do not fit.
    private func measures(_ arm: ArmRow, width: Int) -> StyledText {
        let choices = [scene.learn.choice, scene.forget.choice]
        let values = choices.map { text(of: $0, arm) }
        let room = width - 4 - values.reduce(0) { $0 + DisplayText.width($1) + 1 }
        let names = choices.map(\.heading)
        let second = min(DisplayText.width(names[1]), max(room / 2, room - names[0].count))
        var line = StyledText(" ")
        for (name, value, columns) in [
            (names[0], values[0], room - second), (names[1], values[1], second),
        ] {
            line.append(
                " " + DisplayText.fitted(name, width: columns, ellipsis: scene.glyphs.ellipsis)
                    + " ", CellStyle(.dim))
            line.append(value, pane.textStyle(of: arm))
            line.append(" ")
        }
        return line
    }

    private func text(of choice: MetricChoice, _ arm: ArmRow) -> String {
        scene.text(of: choice, row: arm, isSigned: choice == .forgetting, atCursor: false)
    }

    /// Method, rate, speed and trainable share, and how many of these there is no room for.
    private func training(_ arm: ArmRow, width: Int) -> StyledText {
        var parts: [String] = arm.first.method.isEmpty ? [] : [arm.first.method]
        if let rate = arm.learningRate {
            let seeds = arm.isArm ? " x" + arm.seedsText : ""
            parts.append("lr " + NumberText.learningRate(rate) + seeds)
        }
        if let speed = arm.speed { parts.append(NumberText.count(speed) + "/s") }
        if let share = arm.first.trainableShare { parts.append(NumberText.percent(share)) }
        func text(_ count: Int) -> String {
            let missing = parts.count - count
            return "     " + parts.prefix(count).joined(separator: "  ")
                + (missing > 0 ? " +\(missing)" : "")
        }
        let count = (0...parts.count).last { DisplayText.width(text($0)) <= width } ?? 0
        return StyledText(text(count), CellStyle(.dim))
    }

    private func command(_ arm: ArmRow) -> StyledText {
        guard let command = arm.command else { return StyledText() }
        let isPending = command.state == .asked
        return StyledText("     " + command.text, CellStyle(isPending ? .accent : .dim))
    }
}
