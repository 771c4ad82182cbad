import Foundation

/// One of the times that a run was started or resumed: on what, with what.
package struct RunAttempt: Codable, Sendable, Equatable {
    /// A file that the run reads.
    package struct Input: Codable, Sendable, Equatable {
        /// What it is to the run: `base`, `tokenizer`, `train`, `evaluation`, `task` or `text`.
        package var role: String
        /// Which of several in that role; empty for the only one.
        package var name: String
        /// Where it was; it may be moved, for its role and name tell it apart.
        package var path: String
        package var digest: FileDigest

        package init(role: String, name: String, path: String, digest: FileDigest) {
            self.role = role
            self.name = name
            self.path = path
            self.digest = digest
        }

        fileprivate var words: String { name.isEmpty ? role : "\(role) \(name)" }
    }

    /// The resolved study, word for word.
    package struct StudyText: Codable, Sendable, Equatable {
        package var text: String
        package var digest: FileDigest

        package init(_ text: String) {
            self.text = text
            digest = FileDigest(of: Data(text.utf8))
        }
    }

    /// Versions, processor, libraries, threads.
    package var environment: [String: String]
    /// Nil in runs of versions that did not record it.
    package var study: StudyText?
    package var inputs: [Input]?

    package init(environment: [String: String], study: String?, inputs: [Input]?) {
        self.environment = environment
        self.study = study.map { StudyText($0) }
        self.inputs = inputs
    }

    /// What is different about the files of a later attempt, a sentence each; empty if nothing is, or
    /// if this one recorded none.
    package func changes(to later: [Input]) -> [String] {
        guard let inputs else { return [] }
        let key = { (input: Input) in [input.role, input.name] }
        let before = Dictionary(inputs.map { (key($0), $0) }) { first, _ in first }
        let now = Dictionary(later.map { (key($0), $0) }) { first, _ in first }
        let changed = inputs.compactMap { old -> String? in
            guard let new = now[key(old)] else {
                return "\(old.words) (\(old.path)) was \(old.digest) and is gone"
            }
            return new.digest == old.digest
                ? nil : "\(old.words) (\(new.path)) was \(old.digest), is \(new.digest)"
        }
        return changed
            + later.filter { before[key($0)] == nil }.map { "\($0.words) (\($0.path)) is new" }
    }
}

extension RunFolder {
    /// The form of `environment.json`.
    private struct Document: Codable {
        static let version = 2
        var schemaVersion = version
        var attempts: [RunAttempt]
    }

    /// The form before attempts were kept apart.
    private struct FirstDocument: Decodable {
        var environment: [String: String]
    }

    private struct Version: Decodable {
        var schemaVersion: Int
    }

    /// Bytes of more attempts than anybody makes.
    private static let attemptsLimit = 64 << 20

    /// Every attempt so far, the first one first; none if the run does not tell.
    ///
    /// - Throws: `RunStoreError.malformed`, `RunStoreError.unknownSchema`, `RunStoreError.outOfPlace`,
    ///   `RunStoreError.tooLarge`, `RunStoreError.system`.
    package func attempts() throws -> [RunAttempt] {
        guard let data = try opened().read(Name.environment, limit: Self.attemptsLimit) else {
            return []
        }
        let path = environmentFile.path
        do {
            switch try JSONDecoder().decode(Version.self, from: data).schemaVersion {
            case Document.version:
                return try JSONDecoder().decode(Document.self, from: data).attempts
            case 1:
                let first = try JSONDecoder().decode(FirstDocument.self, from: data)
                return [RunAttempt(environment: first.environment, study: nil, inputs: nil)]
            case let other:
                throw RunStoreError.unknownSchema(
                    path: path, found: other, supported: Document.version)
            }
        } catch is DecodingError {
            throw RunStoreError.malformed(path: path, line: 1, reason: "not a list of attempts")
        }
    }

    /// Stores the attempts.
    ///
    /// - Throws: `RunStoreError.system`.
    package func write(_ attempts: [RunAttempt]) throws {
        try opened().write(
            RunJSON.encoder(pretty: true).encode(Document(attempts: attempts)),
            to: Name.environment)
    }
}
