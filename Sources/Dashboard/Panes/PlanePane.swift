/// Forgetting over learning: one trajectory an arm, its letter at the newest evaluation.
struct PlanePane: Sendable, Equatable {
    /// An evaluation on the plane: the fall of the target loss below the base model's, and the
    /// forgetting at the same step.
    struct Spot: Equatable {
        var learning: Double
        var forgetting: Double
    }

    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        let title = scene.title(
            "PLANE", focus: nil, parts: ["good: low right"],
            width: region.columns)
        if isFramed {
            grid.frame(region, title: title, glyphs: scene.glyphs)
        } else {
            grid.rule(region, title: title, glyphs: scene.glyphs, joins: false)
        }
        var area = region.inset(rows: 1, columns: isFramed ? 1 : 0)
        if !isFramed { area.rows += 1 }
        let choice = scene.targetLoss
        let tracks = scene.shownArms.map { ($0, Self.spots(of: $0, learning: choice)) }
            .filter { !$0.1.isEmpty }
        guard !tracks.isEmpty else {
            grid.note(Scene.waiting, in: area)
            return
        }
        drawPlane(tracks, in: area, on: &grid, scene: scene)
    }

    /// The evaluations at which both sides were measured.
    static func spots(of arm: ArmRecord, learning choice: MetricChoice) -> [Spot] {
        guard let learning = arm.series(of: choice), let base = learning.base,
            let forgetting = arm.series(of: .forgetting)
        else { return [] }
        return learning.points.compactMap { point in
            guard let forgotten = forgetting.value(at: point.step), forgotten.isFinite,
                point.value.isFinite
            else { return nil }
            return Spot(learning: base - point.value, forgetting: forgotten)
        }
    }

    private func drawPlane(
        _ tracks: [(ArmRecord, [Spot])], in area: Region, on grid: inout CellGrid, scene: Scene
    ) {
        var plot = area
        let labels = plot.takeBottom(2)
        _ = plot.takeLeft(LineChart.labelColumns)
        _ = plot.takeRight(1)
        guard plot.rows > 2, plot.columns > 8 else { return }
        let spots = tracks.flatMap(\.1)
        let xs = spots.map(\.learning) + [0]
        let ys = spots.map(\.forgetting) + [0]
        let x = ValueScale(
            holding: (xs.min() ?? 0)...(xs.max() ?? 0), tickCount: max(2, plot.columns / 10))
        let y = ValueScale(
            holding: (ys.min() ?? 0)...(ys.max() ?? 0), tickCount: 5, rows: plot.rows)
        drawAxes(x, y, plot: plot, labels: labels, on: &grid, scene: scene)
        drawTracks(tracks, x, y, plot: plot, on: &grid, scene: scene)
    }

    private func drawAxes(
        _ x: ValueScale, _ y: ValueScale, plot: Region, labels: Region, on grid: inout CellGrid,
        scene: Scene
    ) {
        let glyphs = scene.glyphs
        let dim = CellStyle(.dim)
        let axis = plot.column - 1
        for row in plot.row..<plot.endRow { grid[row, axis] = Cell(glyphs.vertical, dim) }
        for tick in y.ticks {
            let row = plot.row + place(1 - (y.position(of: tick) ?? 0), plot.rows)
            let label = y.label(tick)
            grid.write(label, row: row, column: axis - label.count, style: dim)
            grid[row, axis] = Cell(glyphs.yTick, dim)
            if tick == 0 {
                for column in stride(from: plot.column, to: plot.endColumn, by: 2) {
                    grid[row, column] = Cell(glyphs.reference, dim)
                }
            }
        }
        let startsLow = (y.position(of: 0) ?? 0) < 0.5
        grid.write(
            "forget", row: startsLow ? plot.row : plot.endRow - 1, column: plot.column + 1,
            style: dim)
        grid[labels.row, axis] = Cell(glyphs.origin, dim)
        for column in plot.column..<plot.endColumn {
            grid[labels.row, column] = Cell(glyphs.horizontal, dim)
        }
        var free = grid.write("  learn", row: labels.row + 1, column: labels.column, style: dim) + 1
        for tick in x.ticks {
            let column = plot.column + place(x.position(of: tick) ?? 0, plot.columns)
            let label = x.label(tick)
            let at = min(column - label.count / 2, plot.endColumn + 1 - label.count)
            guard at >= free else { continue }
            grid[labels.row, column] = Cell(glyphs.xTick, dim)
            free = grid.write(label, row: labels.row + 1, column: at, style: dim) + 2
        }
    }

    private func place(_ share: Double, _ count: Int) -> Int {
        Int((share * Double(count - 1)).rounded())
    }

    private func drawTracks(
        _ tracks: [(ArmRecord, [Spot])], _ x: ValueScale, _ y: ValueScale, plot: Region,
        on grid: inout CellGrid, scene: Scene
    ) {
        var canvas = DotCanvas(rows: plot.rows, columns: plot.columns, glyphs: scene.glyphs)
        var ends: [(arm: ArmRecord, x: Int, y: Int)] = []
        for (arm, spots) in tracks {
            let pen = canvas.add(
                .init(
                    color: .arm(arm.index), letter: arm.letter,
                    priority: scene.selection.priority(of: arm),
                    hasMarkers: spots.count * 2 <= plot.columns))
            let dots = spots.map { spot in
                (
                    x: place(x.position(of: spot.learning) ?? 0, canvas.width),
                    y: place(1 - (y.position(of: spot.forgetting) ?? 0), canvas.height)
                )
            }
            for (from, to) in zip(dots, dots.dropFirst()) {
                canvas.line(from: from, to: to, pen: pen)
            }
            for dot in dots { canvas.set(x: dot.x, y: dot.y, pen: pen, stroke: .point) }
            if let last = dots.last { ends.append((arm, last.x, last.y)) }
        }
        canvas.draw(on: &grid, row: plot.row, column: plot.column)
        var placement = LetterPlacement(region: plot)
        let sorted = ends.sorted {
            scene.selection.priority(of: $0.arm) > scene.selection.priority(of: $1.arm)
        }
        for end in sorted {
            let cell = canvas.cell(x: end.x, y: end.y)
            let (row, column) = (plot.row + cell.row, plot.column + cell.column + 1)
            guard let spot = placement.place(row: row, column: column, on: grid) else { continue }
            grid[spot.row, spot.column] = Cell(end.arm.letter, scene.style(of: end.arm))
        }
    }
}
