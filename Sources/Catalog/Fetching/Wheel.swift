/// A wheel of the Python package index, pinned to one version of it by its digest.
package struct Wheel: Hashable, Sendable {
    /// The distribution.
    package let distribution: String
    /// The version of the distribution.
    package let version: String
    /// The SHA-256 of the wheel, in hexadecimal.
    package let digest: String
    /// The number of bytes of the wheel.
    package let sizeBytes: Int

    /// A wheel with these parts.
    package init(_ distribution: String, version: String, digest: String, sizeBytes: Int) {
        self.distribution = distribution
        self.version = version
        self.digest = digest
        self.sizeBytes = sizeBytes
    }

    /// The file at `path` inside it.
    package func member(_ path: String) -> WheelMember {
        WheelMember(wheel: self, path: path)
    }
}

/// A file inside a wheel.
package struct WheelMember: Hashable, Sendable {
    package let wheel: Wheel
    /// Its path inside the wheel.
    package let path: String
}
