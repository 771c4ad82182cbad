import RunEvents

/// What the charts' x axis counts.
enum XAxis: String, CaseIterable, Sendable {
    case step, tokens
    case seconds = "time"

    func position(of point: CurvePoint) -> Double {
        switch self {
        case .step: Double(point.step)
        case .tokens: Double(point.tokens)
        case .seconds: point.seconds
        }
    }

    var next: XAxis {
        switch self {
        case .step: .tokens
        case .tokens: .seconds
        case .seconds: .step
        }
    }

    /// A position as text: `1200`, `1.2M`, `4:07`.
    func text(_ x: Double) -> String {
        switch self {
        case .step: NumberText.fixed(x, decimals: 0)
        case .tokens: NumberText.count(x)
        case .seconds: NumberText.duration(x)
        }
    }
}

extension Curve {
    /// The finite point whose position on an axis is nearest to `x`.
    func nearest(to x: Double, on axis: XAxis) -> CurvePoint? {
        points.lazy.filter { $0.value.isFinite }
            .min { abs(axis.position(of: $0) - x) < abs(axis.position(of: $1) - x) }
    }
}
