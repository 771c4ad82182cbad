internal import Foundation

extension GGUFFile {
    /// The model that the metadata describe.
    ///
    /// - Throws: `ModelFolderError.badConfiguration` with all that is missing or not computed.
    package func modelConfiguration() throws(ModelFolderError) -> ModelConfiguration {
        guard let family, let form = family.gguf, fileProblems.isEmpty else {
            throw .badConfiguration(path: path, fileProblems)
        }
        let description = GGUFDescription(self, family, form)
        guard description.problems.isEmpty else {
            throw .badConfiguration(path: path, description.problems)
        }
        let parsed = HuggingFaceConfiguration(description.values, from: format)
        guard var model = parsed.model, parsed.problems.isEmpty else {
            throw .badConfiguration(path: path, parsed.problems)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        model.source = ConfigurationSource(text: try? encoder.encode(description.values))
        return model
    }

    /// What makes the file another kind of file, so that nothing else of it is told.
    private var fileProblems: [String] {
        guard let architecture = metadata["general.architecture"]?.string else {
            return ["no general.architecture"]
        }
        if let experts = metadata["\(architecture).expert_count"]?.int, experts > 0 {
            return ["\(architecture).expert_count is \(experts): \(ForeignKind.experts.sentence)"]
        }
        let kind = ForeignKind(architecture: architecture)
        guard kind == nil, family != nil else {
            let known = Family.all.compactMap(\.gguf?.architecture).joined(separator: ", ")
            return [
                "general.architecture is \(architecture)"
                    + (kind.map { ", \($0.sentence)" } ?? "") + "; only \(known) are supported"
            ]
        }
        if let type = metadata["general.type"]?.string, type != "model" {
            return ["general.type is \(type); only model is supported"]
        }
        return splitProblems
    }

    /// A split model's other tensors are in other files.
    private var splitProblems: [String] {
        if let count = metadata["split.count"]?.int, count > 1 {
            return [
                "split.count is \(count): the file is one of \(count) parts; put them together with "
                    + "`llama-gguf-split --merge`"
            ]
        }
        guard let count = metadata["split.tensors.count"]?.int, count != tensorCount else {
            return []
        }
        return ["split.tensors.count is \(count), but the file has \(tensorCount) tensors"]
    }
}
