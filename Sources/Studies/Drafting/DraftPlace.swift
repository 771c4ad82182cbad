internal import Bases
internal import Foundation

/// Where a drafted study is written, and what it is called.
struct DraftPlace {
    let url: URL
    let name: String
    /// After the data.
    let domain: String

    /// Names of files that say nothing of what is in them; those of their folders do.
    private static let general: Set = ["train", "training", "data", "dataset", "records", "text"]

    init(_ request: StudyDraftRequest, _ locator: DataLocator) {
        domain = Self.domain(request.train)
        url =
            URL(
                filePath: request.output ?? domain + ".yaml", relativeTo: locator.workingDirectory
            ).standardizedFileURL
        name = Self.word(url.deletingPathExtension().lastPathComponent)
    }

    private static func domain(_ path: String) -> String {
        let file = URL(filePath: path).standardizedFileURL
        let stem = String(file.lastPathComponent.prefix { $0 != "." })
        let folder = file.deletingLastPathComponent().lastPathComponent
        return word(general.contains(stem.lowercased()) && folder != "/" ? folder : stem)
    }

    /// A word of letters, digits and `._-`, as studies and domains are called.
    private static func word(_ text: String) -> String {
        let allowed = text.unicodeScalars.map { scalar -> Character in
            let isPlain =
                scalar.isASCII
                && (scalar.properties.isAlphabetic
                    || "0123456789._-".unicodeScalars.contains(scalar))
            return isPlain ? Character(scalar) : "-"
        }
        let word = String(String(allowed).drop { ".-".contains($0) }.prefix(100))
        return word.isEmpty ? "study" : word
    }

    /// - Throws: `StudyDraftError.present` if the study or a file beside it is there already.
    func checkIsFree(_ others: [URL]) throws {
        let present = (others + [url]).filter {
            FileManager.default.fileExists(atPath: $0.path)
        }
        guard present.isEmpty else { throw StudyDraftError.present(present.map(\.path)) }
    }
}
