import Bases
import Foundation
import RunEvents
import RunStore

/// The base that a run was started from.
enum StoredBase {
    /// Loads it, if it is still the one that was recorded.
    ///
    /// - Throws: `BaseChanged`; what makes it unreadable.
    static func load(for run: RunFolder) throws -> BaseModel {
        let recorded = try run.attempts().last { $0.inputs != nil }?.inputs ?? []
        let files = recorded.filter { $0.role == "base" || $0.role == "tokenizer" }
        let changed = try files.filter { file in
            try FileDigest(of: URL(filePath: file.path)) != file.digest
        }
        guard changed.isEmpty else {
            throw BaseChanged(run: run.url.path, files: changed.map(\.path))
        }
        guard let base = try RecordedRun.read(run).state.identity?.base else {
            throw RunStoreError.notARun(path: run.url.path)
        }
        return try BaseModel.load(named: base, locator: .standard())
    }
}

/// The base is not what the run was started from.
private struct BaseChanged: Error, CustomStringConvertible {
    let run: String
    let files: [String]

    var description: String {
        "\(run) was started from another base than there is now: "
            + "\(files.joined(separator: ", ")) changed. Put back what was there"
    }
}
