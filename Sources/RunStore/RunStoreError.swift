import Foundation
import Platform

/// What can go wrong with a run on disk.
package enum RunStoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// An operating-system call failed; `code` is `errno`.
    case system(action: String, path: String, code: Int32)
    /// The reader of a stream (`| head`) went away.
    case streamClosed
    /// A folder that should become a run holds something else.
    case folderNotEmpty(path: String)
    /// A folder that should become a run already is one.
    case runExists(path: String)
    /// There is no run in this folder.
    case notARun(path: String)
    /// Another process writes this run.
    case locked(path: String, process: Int32?)
    /// A name that cannot be a folder's name.
    case invalidName(name: String)
    /// Something in a run folder is not the plain file or folder that belongs there.
    case outOfPlace(path: String, found: String)
    /// A file that lethe writes small is large.
    case tooLarge(path: String, limit: Int)
    /// A line of the event log, or all of another file, cannot be read; lines count from 1.
    case malformed(path: String, line: Int, reason: String)
    /// A file of another version of lethe.
    case unknownSchema(path: String, found: Int, supported: Int)
    /// The run is over, so that there is nothing to resume.
    case runFinished(path: String)
    /// The log speaks of checkpoints, but none of the points it could continue from is whole.
    case checkpointsMissing(path: String, arm: String, step: Int)

    package var description: String {
        switch self {
        case .system(let action, let path, let code):
            "\(path): cannot \(action): \(SystemReason(code: code).words)\(Self.hint(code))"
        case .streamClosed:
            "standard output was closed by its reader; no more rows are written to it"
        case .folderNotEmpty(let path):
            "\(path): is not empty and not a run; name a new or empty folder"
        case .runExists(let path):
            "\(path): already holds a run; continue it with `lethe resume` or name another folder"
        case .notARun(let path):
            "\(path): is not a run folder (no events.jsonl in it); name a folder under runs/"
        case .locked(let path, let process):
            "\(path): is being written by \(process.map { "process \($0)" } ?? "another process");"
                + " wait for it or stop it, or look at the run with `lethe view`"
        case .invalidName(let name):
            "`\(name)` cannot be the name of a folder; use letters, digits, `.`, `_` and `-`"
        case .outOfPlace(let path, let found):
            "\(path): \(found); lethe follows no links inside a run folder and reads and writes plain"
                + " files alone: put a copy of the file or folder itself in this place"
        case .tooLarge(let path, let limit):
            "\(path): is larger than \(limit) bytes, so that lethe did not write it;"
                + " restore the file from a copy"
        case .malformed(let path, let line, let reason):
            "\(path):\(line): unreadable (\(reason)); restore the file from a copy"
        case .unknownSchema(let path, let found, let supported):
            "\(path): schemaVersion \(found), but this lethe reads \(supported);"
                + " use the version that wrote it"
        case .runFinished(let path):
            "\(path): the run is finished, nothing is left to resume; look at it with `lethe view`"
        case .checkpointsMissing(let path, let arm, let step):
            "\(path): the checkpoint of \(arm) at step \(step) is missing and no earlier point is"
                + " whole; restore its folder under checkpoints/, or start a new run"
        }
    }

    private static func hint(_ code: Int32) -> String {
        switch code {
        case ENOSPC, EDQUOT: "; free some space, then `lethe resume`"
        case EACCES, EPERM, EROFS: "; choose a folder that you may write with --out"
        default: SystemReason(code: code).advice.map { "; \($0)" } ?? ""
        }
    }
}

extension RunStoreError {
    /// The failure of the last system call of this thread.
    static func last(_ action: String, _ path: String) -> RunStoreError {
        .system(action: action, path: path, code: errno)
    }

    /// Runs `body` and turns Foundation's errors into ours.
    static func wrapping<Result>(
        _ action: String, _ url: URL, _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch let error as RunStoreError {
            throw error
        } catch {
            throw RunStoreError.system(
                action: action, path: url.path, code: SystemReason(error)?.code ?? EIO)
        }
    }

}
