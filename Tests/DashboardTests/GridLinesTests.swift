import RunEvents
import Testing
import Verdicts

@testable import Dashboard

/// The lines of arms that are grids: thin trajectories, and what stands for the arm.
@Suite struct GridLinesTests {
    private static let loss = MetricChoice(.targetLoss, task: "code")

    private func lines(_ model: DashboardModel, _ choice: MetricChoice) -> [ChartLine] {
        let scene = model.scene
        return CurveLines(
            choice: choice, scene: scene, range: scene.viewport.range(of: scene.history),
            columns: 100
        ).lines
    }

    @Test("an arm has a thin line a trajectory, and one strong line with the only letter")
    func weights() {
        let model = ScriptedGrid().model(rows: 40, columns: 120)
        let lines = lines(model, Self.loss)
        #expect(lines.count { $0.pen.weight == .thin } == 18)
        let strong = lines.filter { $0.pen.weight == .strong }
        #expect(strong.map(\.pen.color) == [.arm(0), .arm(1)])
        #expect(lines.filter(\.hasLetter).map(\.pen.weight) == [.strong, .strong])
    }

    @Test("an arm of one trajectory is a line as ever")
    func single() {
        var grid = ScriptedGrid()
        (grid.rates, grid.seeds) = ([1e-3], 1)
        let model = grid.model(rows: 40, columns: 120)
        let lines = lines(model, Self.loss)
        #expect(lines.map(\.pen.weight) == [.normal, .normal])
        #expect(lines.allSatisfy { $0.band.isEmpty && $0.hasLetter })
        #expect(
            PlaneTrack.tracks(model.scene, PlaneAxes(model.scene)).map(\.pen.weight) == [
                .normal, .normal,
            ])
    }

    @Test("the strong line is the mean over seeds at the rate that the verdict chose at the level")
    func bestRate() throws {
        var model = ScriptedGrid().model(rows: 40, columns: 120)
        let group = try #require(model.scene.shownGroups.first)
        let verdict = try #require(model.verdicts.reading.verdict)
        let common = try #require(
            verdict.cost?.arms.first { $0.arm == "full" }?.learningRates.first)
        #expect(
            Set(model.scene.best(of: group).trajectories.map { $0.identity?.learningRate }) == [
                common
            ])
        for key in ["v", "v", "v", .home] as [Key] { _ = model.update(.key(key)) }
        model.judge()
        let best = model.scene.best(of: group)
        let chosen = try #require(
            model.verdicts.reading.verdict?.best(of: "full")?.learningRate)
        #expect(best.trajectories.map { $0.identity?.learningRate } == [chosen, chosen, chosen])
        #expect(chosen < 4e-3)
        let line = try #require(lines(model, Self.loss).first { $0.pen.weight == .strong })
        for point in line.points {
            let values = best.trajectories.compactMap {
                $0.series(of: Self.loss)?.value(at: Int(point.x))
            }
            #expect(values.count == 3)
            #expect(abs(point.y - values.reduce(0, +) / 3) < 1e-12)
        }
    }

    @Test("without a verdict it is the rate with the lowest loss, of those that came farthest")
    func bestWithoutVerdict() throws {
        var grid = ScriptedGrid()
        grid.arms = ["full"]
        let model = grid.model(rows: 40, columns: 120)
        #expect(model.verdicts.reading == .waiting, "there is nothing to compare it with")
        let group = try #require(model.scene.shownGroups.first)
        #expect(
            Set(model.scene.best(of: group).trajectories.map { $0.identity?.learningRate }) == [
                4e-3
            ])
    }

    @Test("seeds that are on their way are thin until they are over")
    func seedOnItsWay() throws {
        var grid = ScriptedGrid()
        grid.lastStep = 40
        let model = grid.model(rows: 40, columns: 120)
        let group = try #require(model.scene.shownGroups.first)
        #expect(
            model.scene.best(of: group).trajectories.compactMap { $0.identity?.seed } == [0, 1])
        let line = try #require(lines(model, Self.loss).first { $0.pen.weight == .strong })
        #expect(line.points.last?.x == 100)
    }

    @Test("the band is from the lowest to the highest seed, and from four on of the middle half")
    func band() throws {
        #expect(SeedBand.ends(of: [1]) == nil)
        #expect(SeedBand.ends(of: [1, .nan]) == nil)
        let (two, four, five) = try (
            #require(SeedBand.ends(of: [2, 1])), #require(SeedBand.ends(of: [4, 1, 2, 3])),
            #require(SeedBand.ends(of: [5, 1, 2, 3, 4]))
        )
        #expect(two == (1, 2) && four == (1.75, 3.25) && five == (2, 4))
        #expect(HelpOverlay.lines.contains { $0.plain.contains(SeedBand.rule) })
        let model = ScriptedGrid().model(rows: 40, columns: 120)
        let strong = try #require(
            lines(model, .forgetting).first { $0.pen.weight == .strong })
        let last = try #require(strong.band.last)
        let group = try #require(model.scene.shownGroups.first)
        let values = model.scene.best(of: group).trajectories.compactMap {
            $0.series(of: .forgetting)?.latest?.value
        }
        #expect(values.count == 3 && last.low == values.min() && last.high == values.max())
    }

    @Test("a band is shaded beneath the lines of its arm")
    func shading() {
        for glyphs in [ScreenCapabilities.Glyphs.braille, .block, .ascii] {
            let pen = DotCanvas.Pen(color: .arm(0), letter: "f", priority: 0, weight: .strong)
            let line = ChartLine(
                pen: pen, points: [(0, 5), (10, 5)], band: [(0, 1, 9), (10, 1, 9)])
            var grid = CellGrid(rows: 11, columns: 40)
            LineChart(
                region: Region(row: 0, column: 0, rows: 11, columns: 40), xRange: 0...10,
                lines: [line], glyphs: GlyphSet(glyphs)
            ).draw(on: &grid)
            let cells = grid.cells.filter { $0.style.color == .arm(0) }
            #expect(cells.count { $0.style.isBold } >= 30)
            #expect(cells.count { $0.style.isFaint } > 30)
        }
    }

    @Test("the plane's strong line is the verdict's envelope, with the band of its seeds")
    func envelope() throws {
        let model = ScriptedGrid().model(rows: 40, columns: 120)
        let tracks = PlaneTrack.tracks(model.scene, PlaneAxes(model.scene))
        #expect(tracks.count { $0.pen.weight == .thin } == 18)
        let strong = try #require(tracks.first { $0.pen.weight == .strong })
        let arm = try #require(model.verdicts.reading.verdict?.arms.first)
        #expect(strong.spots.map(\.learned) == arm.envelope.map(\.learned))
        let point = try #require(arm.envelope.last)
        let mean = point.forgotten.reduce(0, +) / Double(point.forgotten.count)
        #expect(abs(try #require(strong.spots.last).forgotten - mean) < 1e-12)
        #expect(strong.band.last?.high == point.forgotten.max())
    }

    @Test("where accuracies are learned the plane rises to the right")
    func rising() {
        let track = PlaneTrack(
            pen: .init(color: .arm(0), letter: "f", priority: 0),
            spots: [.init(learned: 0, forgotten: 0), .init(learned: 0.8, forgotten: 0.1)])
        for isRising in [false, true] {
            var grid = CellGrid(rows: 12, columns: 60)
            PlaneChart(
                tracks: [track], names: .init(learned: "match", values: .share, isRising: isRising),
                axis: .automatic, halvings: 0,
                area: Region(row: 0, column: 0, rows: 12, columns: 60), glyphs: GlyphSet(.braille)
            )?.draw(on: &grid)
            let place = grid.cells.firstIndex { $0.scalar == "f" && $0.style.isBold }
            #expect(((place ?? 0) % 60 > 30) == isRising)
        }
    }
}
