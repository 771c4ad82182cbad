import Foundation
import Studies

extension Reader {
    /// What a user writes to say what is compared.
    static let studies = [
        Reader(name: "study") { input, place in
            let text = String(decoding: input, as: UTF8.self)
            let study = try StudyFile.parse(text, file: "study.yaml", locator: place.locator)
            try checkReadsBack(study, place)
        },
        Reader(name: "overrides") { input, place in
            let settings = String(decoding: input, as: UTF8.self).split(separator: "\n")
            let text = try String(
                contentsOf: place.specimens.appending(path: "study.yaml"), encoding: .utf8)
            let study = try StudyFile.parse(
                text, file: "study.yaml",
                overrides: StudyOverrides(settings: settings.map(String.init)),
                locator: place.locator)
            try checkReadsBack(study, place)
        },
    ]

    /// A stored study must be the one that was run, or a resume would be of another.
    private static func checkReadsBack(_ study: Study, _ place: Surroundings) throws {
        let text = study.yaml()
        let again = try StudyFile.parse(text, file: "stored.yaml", locator: place.locator)
        precondition(again.yaml() == text, "a stored study reads back as another:\n\(text)")
    }
}
