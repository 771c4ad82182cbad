import Bases
import Foundation
import Studies

/// What readers need besides the input: sound specimens, and a folder in which one file is replaced
/// by the input.
final class Surroundings {
    /// Sound files, as `specimens.py` makes them; never written to.
    let specimens: URL
    /// The specimens' base, for readers of what goes with a model.
    let base: BaseModel
    private let folder: URL

    init(specimens: URL) throws {
        self.specimens = specimens
        base = try BaseModel.load(name: "model", from: specimens.appending(path: "model"))
        folder = Self.root.appending(path: "lethe-fuzz-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    var locator: DataLocator { DataLocator(workingDirectory: specimens, datasets: specimens) }

    /// A file that holds the input alone.
    func file(_ name: String, _ input: Data) throws -> URL {
        let file = folder.appending(path: name)
        try input.write(to: file)
        return file
    }

    /// A copy of a specimen's folder with one file replaced by the input.
    func copy(of specimen: String, replacing name: String, by input: Data) throws -> URL {
        let copy = folder.appending(path: specimen)
        if !FileManager.default.fileExists(atPath: copy.path) {
            try FileManager.default.createDirectory(
                at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: specimens.appending(path: specimen), to: copy)
        }
        try input.write(to: copy.appending(path: name))
        return copy
    }

    /// Memory where there is such a place, for thousands of files are written in a second.
    private static var root: URL {
        let memory = URL(filePath: "/dev/shm")
        return FileManager.default.isWritableFile(atPath: memory.path)
            ? memory : FileManager.default.temporaryDirectory
    }
}
