import Kernels

/// Sizes around the widths of vector registers.
let raggedSizes = [1, 3, 8, 15, 16, 17, 33, 1000]

/// Random numbers that are the same at every run.
struct RandomArrays {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Uniform in -bound..<bound.
    mutating func floats(_ count: Int, bound: Float = 2) -> [Float] {
        (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return bound * (Float(state >> 40) * 0x1p-23 - 1)
        }
    }
}

func doubles(_ x: [Float]) -> [Double] { x.map(Double.init) }

func floats(_ x: [Double]) -> [Float] { x.map { Float($0) } }

/// The bits of every number, so that NaN equals NaN and 0 differs from -0.
func bits(_ x: [Float]) -> [UInt32] { x.map(\.bitPattern) }

/// What `body` gives with 1, 2 and 3 threads.
func withThreads<Result>(_ body: () -> Result) -> [Result] {
    [1, 2, 3].map { Workers.limited(to: $0, body) }
}
