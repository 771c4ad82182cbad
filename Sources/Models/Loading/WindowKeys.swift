/// How a `config.json` describes what a token sees of those before it.
///
/// A window changes nothing as long as no sequence is longer; a shorter one is not computed.
struct WindowKeys {
    let problems: [String]

    /// - Parameters:
    ///   - values: The keys of the file.
    ///   - family: Says how far a token sees where the file does not.
    ///   - context: The longest sequence; nil if the file does not say.
    init(_ values: [String: FileValue], _ family: HuggingFaceKeys.Family, context: Int?) {
        var reader = KeyReader(values)
        let types = reader.optional("layer_types", .texts) ?? []
        let isNamed = values["sliding_window"] != nil
        let window =
            isNamed ? reader.optional("sliding_window", .integer) : family.slidingWindow
        var problems = reader.problems
        if let window, let context, window < context {
            problems.append(
                "sliding_window is \(window)\(isNamed ? "" : " where the file has none"), below "
                    + "max_position_embeddings \(context): attention to a window is not computed; "
                    + "set max_position_embeddings to at most \(window) to use the model no further"
            )
        }
        let known = ["full_attention"] + (window == nil ? [] : ["sliding_attention"])
        if let other = types.first(where: { !known.contains($0) }) {
            problems.append("layer_types has \(other); only full_attention is supported")
        }
        self.problems = problems
    }
}
