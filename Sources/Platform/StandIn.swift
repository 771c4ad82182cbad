package import Foundation

/// Something that lies in the place of a file because the file itself was not fetched.
package enum StandIn: CaseIterable, CustomStringConvertible {
    /// What git leaves of a large file that is kept elsewhere (git-lfs, `docs/spec.md`).
    case gitLFSPointer
    /// A page that says that there is no such file, or asks who is asking.
    case webPage

    /// What contents are instead of those that were expected; nil if they are not known to be.
    package init?(_ contents: Data) {
        let start = String(decoding: contents.prefix(64), as: UTF8.self).lowercased()
        guard let found = Self.allCases.first(where: { $0.starts(start) }) else { return nil }
        self = found
    }

    private func starts(_ text: String) -> Bool {
        switch self {
        case .gitLFSPointer: text.hasPrefix("version https://git-lfs.github.com/spec/")
        case .webPage: text.hasPrefix("<!doctype html") || text.hasPrefix("<html")
        }
    }

    package var description: String {
        switch self {
        case .gitLFSPointer:
            "it is a Git LFS pointer, not the file itself; run `git lfs pull` in its folder"
        case .webPage: "it is a web page, not the file itself; fetch the file again"
        }
    }
}
