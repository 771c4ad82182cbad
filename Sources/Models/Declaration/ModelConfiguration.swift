/// A language model without its weights: its family, its sizes and what its blocks compute.
package struct ModelConfiguration: Sendable, Equatable {
    package let family: Family
    package internal(set) var design: ModelDesign
    /// How the file put it that the model was read from.
    var source = ConfigurationSource()
    package var hiddenSize: Int
    package var intermediateSize: Int
    package var layerCount: Int
    package var headCount: Int
    package var kvHeadCount: Int
    /// Channels of one head; usually hiddenSize / headCount.
    package var headSize: Int
    package var vocabularySize: Int
    package var normEpsilon: Double
    package var maxSequenceLength: Int
    /// Whether the output head is the embedding table.
    package var tiesEmbeddings: Bool
    /// The token whose row of the table is not trained by its use as input, as in transformers; nil
    /// for none.
    package var paddingToken: Int?

    /// A model of the Llama family, or of another one whose design is given.
    package init(
        hiddenSize: Int, intermediateSize: Int, layerCount: Int, headCount: Int, kvHeadCount: Int,
        headSize: Int? = nil, vocabularySize: Int, ropeTheta: Double = 10_000,
        normEpsilon: Double = 1e-5, maxSequenceLength: Int, tiesEmbeddings: Bool = true,
        family: Family = .llama, design: ModelDesign? = nil
    ) {
        self.hiddenSize = hiddenSize
        self.intermediateSize = intermediateSize
        self.layerCount = layerCount
        self.headCount = headCount
        self.kvHeadCount = kvHeadCount
        self.headSize = headSize ?? hiddenSize / max(1, headCount)
        self.vocabularySize = vocabularySize
        self.normEpsilon = normEpsilon
        self.family = family
        self.design = design ?? ModelDesign(AttentionKind(rotation: Rotation(theta: ropeTheta)))
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
        func count(_ roles: [ParameterRole]) -> Count {
            roles.reduce(number(0)) { sum, role in
                let shape = shape(of: role)
                return sum + number(shape.rows) * number(shape.columns)
            }
        }
        return number(layerCount) * count(layerRoles) + count(outerRoles)
    }

    /// The base of the rotation's angles in the first layer that has one.
    package var ropeTheta: Double? { design.attentionKinds.compactMap(\.rotation).first?.theta }

    /// Everything that is wrong with the sizes, by the names of `config.json`; empty if they make a
    /// model.
    package var problems: [String] { problems(in: .huggingFace) }

    /// The same in the names of a format.
    package func problems(in format: ModelFormat) -> [String] {
        func name(_ setting: ModelSetting) -> String {
            switch (setting, format) {
            case (.normEpsilon, .huggingFace): family.epsilonKey
            case (.normEpsilon, .gguf(let architecture)):
                "\(architecture).\(family.gguf?.epsilonKey ?? setting.key(in: format))"
            default: setting.name(in: format)
            }
        }
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
        if design.attentionInput == .fusedByHead, kvHeadCount != headCount {
            problems.append(
                "\(name(.kvHeadCount)) is \(kvHeadCount), but each of the \(headCount) heads has a key "
                    + "of its own")
        }
        let count = parameterCount { Double($0) }
        if count > 0x1p48 { problems.append("the sizes make a model of \(count) parameters") }
        if headSize % 2 != 0 { problems.append("\(name(.headSize)) is \(headSize), an odd number") }
        for theta in design.attentionKinds.compactMap(\.rotation?.theta)
        where !(theta > 0 && theta.isFinite) {
            problems.append("\(name(.ropeTheta)) is \(theta), not above 0")
        }
        if !(normEpsilon > 0 && normEpsilon < 1) {
            problems.append("\(name(.normEpsilon)) is \(normEpsilon), not between 0 and 1")
        }
        return problems
    }

    private static let largestSize = 1 << 24
}
