package import Adapters
internal import Settings

/// The keys of full fine-tuning.
package struct FullSettings: Sendable, Equatable {
    /// `parts`: a list of attention, mlp, norms, biases, embeddings and head; nil, written `all`
    /// and the default, for the whole model, or with `last` for all that those layers have.
    package var parts: [FullFineTuning.Part]?
    /// `last`: how many of the last layers are trained; nil for all, and what lies around them.
    package var lastLayers: Int?

    init(_ arm: SettingsSection) {
        parts = Self.parts(arm)
        lastLayers = arm.optionalInteger("last", in: 1...1_000_000)
    }

    private static func parts(_ arm: SettingsSection) -> [FullFineTuning.Part]? {
        let names = arm.texts("parts", default: ["all"])
        if names == ["all"] { return nil }
        if names.isEmpty { arm.problem("parts", "is empty; write all, or name parts") }
        let all = FullFineTuning.Part.allCases
        if names.contains("all") {
            arm.problem("parts", "names all beside others; write all alone, or leave it out")
        }
        for name in names where name != "all" && FullFineTuning.Part(rawValue: name) == nil {
            let known = all.map(\.rawValue).joined(separator: ", ")
            arm.problem("parts", "`\(name)` is no part; use all or a list of \(known)")
        }
        return all.filter { names.contains($0.rawValue) }
    }

    var keys: [(key: String, value: String)] {
        let names = parts.map { "[" + $0.map(\.rawValue).joined(separator: ", ") + "]" } ?? "all"
        return [("parts", names)] + (lastLayers.map { [("last", String($0))] } ?? [])
    }

    var full: FullFineTuning {
        FullFineTuning(parts: parts.map { Set($0) }, lastLayers: lastLayers)
    }
}
