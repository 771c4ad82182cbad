import RunEvents

/// What was forgotten over what was learned, more of it to the right: the trajectories, and of every
/// arm its envelope, whose letter stands where most was learned.
struct PlanePane: Sendable, Equatable {
    /// Of both axes.
    private(set) var axis = YAxis.automatic
    /// How often the view has been halved around the selected arm's newest evaluation.
    private var halvings = 0
    private static let mostHalvings = 6

    /// Does what the action asks of the plane; whether it is one of the plane's.
    mutating func handle(_ action: Action) -> Bool {
        switch action {
        case .logarithm: axis = axis.next
        case .zoomIn: halvings = min(halvings + 1, Self.mostHalvings)
        case .zoomOut: halvings = max(halvings - 1, 0)
        case .fit: halvings = 0
        default: return false
        }
        return true
    }

    func draw(in region: Region, isFramed: Bool, on grid: inout CellGrid, scene: Scene) {
        let zoom = halvings > 0 ? "zoom \(1 << halvings)x" : ""
        let axes = axis == .automatic ? "auto axes" : axis.rawValue + " axes"
        let title = scene.title(
            "PLANE", focus: .plane, parts: [zoom, "good: low right", axes].filter { !$0.isEmpty },
            width: region.columns)
        if isFramed {
            grid.frame(region, title: title, glyphs: scene.glyphs)
        } else {
            grid.rule(region, title: title, glyphs: scene.glyphs, joins: false)
        }
        var area = region.inset(rows: 1, columns: isFramed ? 1 : 0)
        if !isFramed { area.rows += 1 }
        draw(in: area, on: &grid, scene: scene)
    }

    /// Draws what is within the edge.
    func draw(in area: Region, on grid: inout CellGrid, scene: Scene) {
        let numbers = PlaneAxes(scene)
        let tracks = PlaneTrack.tracks(scene, numbers)
        guard !tracks.isEmpty else {
            grid.note(Scene.waiting, in: area)
            return
        }
        let chart = PlaneChart(
            tracks: tracks, names: .init(numbers), axis: axis, halvings: halvings, area: area,
            glyphs: scene.glyphs)
        chart?.draw(on: &grid)
    }
}

extension PlaneChart.Names {
    /// As short as axes need them: a loss is that of the target, forgetting that of the source text.
    init(_ axes: PlaneAxes) {
        learned =
            axes.learned.metric == MetricDefinition.targetLoss.name ? "loss" : axes.learned.name
        forgotten = axes.forgotten == .forgetting ? "forget" : axes.forgotten.name + " lost"
        values = axes.learned.values
        isRising = axes.isRising
    }
}
