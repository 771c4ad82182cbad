import Foundation
import RunEvents

/// A run as one picture: learning, forgetting, and one against the other.
struct RunPicture {
    /// Colours that stay apart for colour-blind readers and on paper
    /// (Okabe and Ito 2008, "Color Universal Design", without yellow).
    private static let colors = [
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#56b4e9", "#e69f00",
    ]

    private let identity: RunIdentity?
    private let arms: [TrajectoryState]

    init(_ run: RunState) {
        identity = run.identity
        arms = run.trajectories.filter { $0.identity != nil }
    }

    var svg: String {
        let (width, height) = PlotPanel.size
        let panels = [learning, forgetting, plane]
        var body = SVG.text(
            heading, x: 16, y: 24, anchor: "start",
            attributes: "font-size=\"15\" font-weight=\"bold\"")
        for (index, panel) in panels.enumerated() {
            body += panel.svg(atX: Double(index) * width, y: 36)
        }
        for index in arms.indices {
            let y = 36 + height + 20 + Double(index) * 18
            body += SVG.text(
                Self.letter(places[index]), x: 24, y: y, anchor: "middle",
                attributes: "font-weight=\"bold\" fill=\"\(Self.color(places[index]))\"")
            body += SVG.text(key(arms[index]), x: 40, y: y, anchor: "start")
        }
        return SVG.document(
            width: width * Double(panels.count),
            height: 36 + height + 20 + Double(arms.count) * 18, body: body)
    }

    private var heading: String {
        guard let identity else { return "empty run" }
        return "\(identity.run): \(identity.base) on \(identity.domain)"
    }

    private var learning: PlotPanel {
        PlotPanel(
            title: "Learning", x: .init(label: "step"),
            y: .init(label: "target loss (nats/token)", values: .positive),
            lines: lines { Self.overSteps($0.targetLoss) })
    }

    private var forgetting: PlotPanel {
        PlotPanel(
            title: "Forgetting", x: .init(label: "step"),
            y: .init(label: "rise of source loss (nats/token)"),
            lines: lines { Self.overSteps($0.forgetting) })
    }

    private var plane: PlotPanel {
        PlotPanel(
            title: "Learning against forgetting",
            x: .init(label: "target loss (nats/token), left is better", values: .positive),
            y: .init(label: "rise of source loss, down is better"),
            lines: lines { arm in
                let forgetting = arm.forgetting?.points.finite ?? []
                return (arm.targetLoss?.points.finite ?? []).compactMap { point in
                    forgetting.value(atStep: Double(point.step)).map { (point.value, $0) }
                }
            })
    }

    private func lines(
        _ points: (TrajectoryState) -> [(x: Double, y: Double)]
    ) -> [PlotLine] {
        zip(places, arms).map { place, arm in
            PlotLine(
                letter: Self.letter(place), color: Self.color(place), points: points(arm))
        }
    }

    /// For each trajectory the place of its arm in the study: the seeds of an arm share letter and
    /// colour.
    private var places: [Int] {
        let names = arms.map { $0.identity?.studyArm ?? $0.name }
        let order = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return names.map { order.firstIndex(of: $0) ?? 0 }
    }

    private static func overSteps(_ curve: Curve?) -> [(x: Double, y: Double)] {
        (curve?.points ?? []).map { (Double($0.step), $0.value) }
    }

    private func key(_ arm: TrajectoryState) -> String {
        var text = "\(arm.name): \(arm.state.rawValue), step \(arm.step)"
        if let loss = arm.targetLoss?.points.last {
            text += ", target loss \(Self.decimal(loss.value))"
        }
        if let rise = arm.forgetting?.points.last {
            text += ", forgetting \(Self.decimal(rise.value))"
        }
        return text
    }

    private static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return TableRow.text(value) }
        return String(format: abs(value) < 1e6 ? "%.3f" : "%g", value)
    }

    private static func color(_ index: Int) -> String { colors[index % colors.count] }

    /// `A` to `Z`, then `A1` and so on.
    private static func letter(_ index: Int) -> String {
        let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % 26)))
        return index < 26 ? letter : letter + String(index / 26)
    }
}

extension TrajectoryState {
    fileprivate var targetLoss: Curve? { curve(.targetLoss) }
    fileprivate var forgetting: Curve? { curve(.forgetting) }
}
