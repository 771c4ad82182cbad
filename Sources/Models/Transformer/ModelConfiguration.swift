/// The sizes of a Llama-family transformer, as in a Hugging Face `config.json`.
package struct ModelConfiguration: Codable, Sendable, Equatable {
    package var hiddenSize: Int
    package var intermediateSize: Int
    package var layerCount: Int
    package var headCount: Int
    package var kvHeadCount: Int
    /// Channels of one head; usually hiddenSize / headCount.
    package var headSize: Int
    package var vocabularySize: Int
    package var ropeTheta: Double
    package var rmsNormEpsilon: Double
    package var maxSequenceLength: Int
    /// Whether the output head is the embedding table.
    package var tiesEmbeddings: Bool

    package init(
        hiddenSize: Int, intermediateSize: Int, layerCount: Int, headCount: Int, kvHeadCount: Int,
        headSize: Int? = nil, vocabularySize: Int, ropeTheta: Double = 10_000,
        rmsNormEpsilon: Double = 1e-5, maxSequenceLength: Int, tiesEmbeddings: Bool = true
    ) {
        self.hiddenSize = hiddenSize
        self.intermediateSize = intermediateSize
        self.layerCount = layerCount
        self.headCount = headCount
        self.kvHeadCount = kvHeadCount
        self.headSize = headSize ?? hiddenSize / max(1, headCount)
        self.vocabularySize = vocabularySize
        self.ropeTheta = ropeTheta
        self.rmsNormEpsilon = rmsNormEpsilon
        self.maxSequenceLength = maxSequenceLength
        self.tiesEmbeddings = tiesEmbeddings
    }

    package var queryWidth: Int { headCount * headSize }
    package var kvWidth: Int { kvHeadCount * headSize }

    /// Parameters of the whole model, the tied head counted once.
    package var parameterCount: Int { parameterCount { $0 } }

    /// Bytes of all parameters as float32.
    package var memoryBytes: Int {
        let (bytes, isTooMuch) = parameterCount.multipliedReportingOverflow(
            by: MemoryLayout<Float>.stride)
        return isTooMuch ? .max : bytes
    }

    /// The same in numbers that the count may need.
    private func parameterCount<Count: Numeric>(_ number: (Int) -> Count) -> Count {
        let hidden = number(hiddenSize)
        let attention = hidden * number(2 * queryWidth + 2 * kvWidth)
        let block = attention + 3 * hidden * number(intermediateSize) + 2 * hidden
        let tables = number(vocabularySize) * hidden * (tiesEmbeddings ? 1 : 2)
        return number(layerCount) * block + tables + hidden
    }

    /// [out, in] of a projection.
    package func shape(of projection: Projection) -> (rows: Int, columns: Int) {
        switch projection {
        case .q: (queryWidth, hiddenSize)
        case .k, .v: (kvWidth, hiddenSize)
        case .o: (hiddenSize, queryWidth)
        case .gate, .up: (intermediateSize, hiddenSize)
        case .down: (hiddenSize, intermediateSize)
        }
    }

    /// Everything that is wrong with the sizes, by the names of `config.json`; empty if they make a
    /// model.
    package var problems: [String] { problems(in: .huggingFace) }

    /// The same in the names of a format.
    package func problems(in format: ModelFormat) -> [String] {
        func name(_ setting: ModelSetting) -> String { setting.name(in: format) }
        let impossible = sizes.filter { $1 < 1 || $1 > Self.largestSize }
        guard impossible.isEmpty else {
            return impossible.map {
                "\(name($0)) is \($1), not a size from 1 to \(Self.largestSize)"
            }
        }
        var problems: [String] = []
        if headCount % kvHeadCount != 0 {
            problems.append(
                "\(name(.headCount)) is \(headCount), no multiple of \(name(.kvHeadCount)) "
                    + "\(kvHeadCount)")
        }
        let count = parameterCount { Double($0) }
        if count > 0x1p48 { problems.append("the sizes make a model of \(count) parameters") }
        if headSize % 2 != 0 { problems.append("\(name(.headSize)) is \(headSize), an odd number") }
        if !(ropeTheta > 0 && ropeTheta.isFinite) {
            problems.append("\(name(.ropeTheta)) is \(ropeTheta), not above 0")
        }
        if !(rmsNormEpsilon > 0 && rmsNormEpsilon < 1) {
            problems.append("\(name(.rmsNormEpsilon)) is \(rmsNormEpsilon), not between 0 and 1")
        }
        return problems
    }

    private static let largestSize = 1 << 24
}

/// The seven linear projections of a block, by their short names.
package enum Projection: String, Codable, Sendable, CaseIterable {
    case q, k, v, o, gate, up, down

    /// The name within a block in Hugging Face files.
    package var path: String {
        switch self {
        case .q, .k, .v, .o: "self_attn.\(rawValue)_proj"
        case .gate, .up, .down: "mlp.\(rawValue)_proj"
        }
    }
}
