/// A family of models as transformers names it: what its files are called inside, and how they
/// describe a model.
///
/// To add one, declare it in a file of its own and put it in `all`.
package struct Family: Sendable, Equatable {
    /// The `model_type` of its `config.json`.
    package let modelType: String
    var names = TensorNames.llama
    /// The key of the number that norms add to a variance.
    var epsilonKey = "rms_norm_eps"
    /// Keys for its design, and what they mean where that is not what they mean elsewhere.
    var keys = KeyTable()
    /// What files mean that do not say it; heads for keys and values nil for as many as there are for
    /// queries, the size of a head nil for its share of the hidden size.
    var kvHeadCount: Int?
    var headSize: Int?
    var tiesEmbeddings = false
    /// The token that pads where the file does not say it.
    var paddingToken: Int?
    /// Whether that token's row is trained like the others.
    var trainsPadding = false
    /// How GGUF describes its models; nil where it describes them as another family's.
    var gguf: GGUFForm?
    /// What the blocks compute.
    let design: @Sendable (_ reader: inout DesignReader) -> ModelDesign

    /// Every family that is read.
    package static let all: [Family] = [
        .llama, .mistral, .qwen2, .qwen3, .smolLM3, .gemma2, .gemma3, .olmo2, .phi3, .gptNeoX,
    ]

    package static func == (left: Family, right: Family) -> Bool {
        left.modelType == right.modelType
    }
}
