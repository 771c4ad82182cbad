/// Mean and spread of a few numbers.
struct Sample {
    let count: Int
    let mean: Double
    /// With n − 1 in the denominator; `nan` for one number.
    let standardDeviation: Double

    init(_ values: [Double]) {
        count = values.count
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        standardDeviation =
            values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : .nan
    }

    var standardError: Double { standardDeviation / Double(count).squareRoot() }
}
