import Foundation
import RunEvents

/// One arm's line in a panel.
struct PlotLine {
    /// Stands at the line's end and in the key.
    var letter: String
    var color: String
    var points: [(x: Double, y: Double)]
}

/// One diagram: a title, two axes and a line per arm.
struct PlotPanel {
    private static let width = 380.0
    private static let height = 280.0
    private static let (left, right, top, bottom) = (58.0, 24.0, 34.0, 44.0)

    /// Space that a panel takes, with its margins.
    static let size = (width: width, height: height)

    /// What an axis counts, and which values that can take.
    struct Quantity {
        var label: String
        var values: MetricDefinition.Values = .signed
    }

    var title: String
    var x: Quantity
    var y: Quantity
    var lines: [PlotLine]

    /// The panel as SVG elements, its top left corner at `x`, `y`.
    func svg(atX left: Double, y top: Double) -> String {
        let drawn = lines.map { line in
            var line = line
            line.points.removeAll { !$0.x.isFinite || !$0.y.isFinite }
            return line
        }
        let xAxis = PlotAxis(covering: drawn.flatMap { $0.points.map(\.x) }, of: x.values)
        let yAxis = PlotAxis(covering: drawn.flatMap { $0.points.map(\.y) }, of: y.values)
        let body = titles(xAxis, yAxis) + grid(xAxis, yAxis) + marks(drawn, xAxis, yAxis)
        return "<g transform=\"translate(\(SVG.number(left)) \(SVG.number(top)))\">\n\(body)</g>\n"
    }

    private func place(_ point: (x: Double, y: Double), _ xAxis: PlotAxis, _ yAxis: PlotAxis)
        -> (x: Double, y: Double)
    {
        let (width, height) = (Self.width - Self.left - Self.right, Self.plotHeight)
        return (
            Self.left + xAxis.position(point.x) * width,
            Self.top + (1 - yAxis.position(point.y)) * height
        )
    }

    private static var plotHeight: Double { height - top - bottom }

    private func titles(_ xAxis: PlotAxis, _ yAxis: PlotAxis) -> String {
        let middle = (Self.left + Self.width - Self.right) / 2
        let side = Self.top + Self.plotHeight / 2
        return SVG.text(
            title, x: middle, y: 18, anchor: "middle", attributes: "font-weight=\"bold\"")
            + SVG.text(Self.label(x, xAxis), x: middle, y: Self.height - 8, anchor: "middle")
            + SVG.text(
                Self.label(y, yAxis), x: 14, y: side, anchor: "middle",
                attributes: "transform=\"rotate(-90 14 \(SVG.number(side)))\"")
    }

    private static func label(_ quantity: Quantity, _ axis: PlotAxis) -> String {
        quantity.label + (axis.isLogarithmic ? ", log" : "")
    }

    private func grid(_ xAxis: PlotAxis, _ yAxis: PlotAxis) -> String {
        let floor = Self.height - Self.bottom
        var text = ""
        for tick in xAxis.ticks {
            let x = place((tick, yAxis.lower), xAxis, yAxis).x
            text += SVG.rule(from: (x, Self.top), to: (x, floor))
            text += SVG.text(xAxis.label(tick), x: x, y: floor + 15, anchor: "middle")
        }
        for tick in yAxis.ticks {
            let y = place((xAxis.lower, tick), xAxis, yAxis).y
            text += SVG.rule(from: (Self.left, y), to: (Self.width - Self.right, y))
            text += SVG.text(yAxis.label(tick), x: Self.left - 6, y: y + 4, anchor: "end")
        }
        return text
    }

    private func marks(_ lines: [PlotLine], _ xAxis: PlotAxis, _ yAxis: PlotAxis) -> String {
        guard lines.contains(where: { !$0.points.isEmpty }) else {
            return SVG.text(
                "no data", x: Self.width / 2, y: Self.top + Self.plotHeight / 2, anchor: "middle")
        }
        let placed = lines.map { line in line.points.map { place($0, xAxis, yAxis) } }
        var text = ""
        for (line, points) in zip(lines, placed) where !points.isEmpty {
            text += SVG.polyline(points, color: line.color)
        }
        let ends = placed.map(\.last)
        for (line, spot) in zip(lines, Self.spread(ends)) {
            guard let spot else { continue }
            text += SVG.text(
                line.letter, x: spot.x + 7, y: spot.y + 4, anchor: "start",
                attributes: "font-weight=\"bold\" fill=\"\(line.color)\"")
        }
        return text
    }

    /// Moves letters that would overlap apart, upwards, away from the ticks.
    private static func spread(_ ends: [(x: Double, y: Double)?]) -> [(x: Double, y: Double)?] {
        var spread = ends
        var taken: [(x: Double, y: Double)] = []
        let order = ends.indices.sorted { (ends[$0]?.y ?? 0) > (ends[$1]?.y ?? 0) }
        for index in order {
            guard var spot = ends[index] else { continue }
            while taken.contains(where: { abs($0.x - spot.x) < 12 && abs($0.y - spot.y) < 12 }) {
                spot.y -= 1
            }
            taken.append(spot)
            spread[index] = spot
        }
        return spread
    }
}
