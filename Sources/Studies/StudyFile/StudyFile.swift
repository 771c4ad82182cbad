package import Bases
package import Foundation
internal import Platform
package import Settings

/// Reads study files.
package enum StudyFile {
    /// An embedded study.
    package struct Listing: Sendable, Equatable {
        package var name: String
        package var url: URL
    }

    /// Reads and checks a study: a `.yaml` file, or the name of an embedded one.
    ///
    /// A study that is sound by itself is not compared with its base: `PreparedStudy.prepare` does it.
    ///
    /// - Throws: `StudyError`; `StudyError.invalid` holds everything that is wrong, with the base too.
    package static func load(
        _ nameOrPath: String, overrides: StudyOverrides = StudyOverrides(), locator: DataLocator
    ) throws -> Study {
        let url = try resolve(nameOrPath, locator: locator)
        return try load(
            text: try text(of: url), file: url.path, overrides: overrides, locator: locator)
    }

    /// Reads a study as far as it can be read, with what is wrong with it by itself.
    ///
    /// For those who look at it: what could not be read has its default.
    /// - Throws: `StudyError` where there is no study to look at.
    package static func read(
        _ nameOrPath: String, overrides: StudyOverrides = StudyOverrides(), locator: DataLocator
    ) throws -> (study: Study, problems: [SettingsProblem]) {
        let url = try resolve(nameOrPath, locator: locator)
        let (study, report) = try read(
            try text(of: url), file: shownPath(of: url, locator), overrides: overrides,
            locator: locator)
        return (study, report.problems.inOrder)
    }

    /// Reads and checks the study that a run has stored in `file`, in the same way.
    ///
    /// A key that was not there yet when the run was begun means what was done then.
    ///
    /// - Throws: `StudyError.invalid`.
    package static func load(
        storedText text: String, file: String, locator: DataLocator
    ) throws -> Study {
        try load(text: text, file: file, isStored: true, locator: locator)
    }

    private static func load(
        text: String, file path: String, overrides: StudyOverrides = StudyOverrides(),
        isStored: Bool = false, locator: DataLocator
    ) throws -> Study {
        let (study, report) = try read(
            text, file: shownPath(of: URL(filePath: path), locator), overrides: overrides,
            isStored: isStored, locator: locator)
        let known = report.problems
        if !known.isEmpty {
            report.add(PreparedStudy.problems(of: study, besides: known, locator: locator))
        }
        try report.check()
        return study
    }

    /// What messages call a file: its path from the working directory, if it is below it.
    private static func shownPath(of url: URL, _ locator: DataLocator) -> String {
        let prefix = locator.workingDirectory.standardizedFileURL.path + "/"
        let path = url.standardizedFileURL.path
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    }

    /// The most bytes of a study; what is larger is something else.
    private static let sizeLimit = 1 << 20

    private static func text(of url: URL) throws -> String {
        let data: Data
        do {
            let file = try FileHandle(forReadingFrom: url)
            data = try file.read(upToCount: sizeLimit + 1) ?? Data()
        } catch {
            throw StudyError.unreadable(file: url.path, reason: reason(of: error))
        }
        guard data.count <= sizeLimit else {
            throw StudyError.unreadable(file: url.path, reason: "it is over 1 MiB; name a study")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw StudyError.unreadable(
                file: url.path, reason: "it is not UTF-8 text; name a study, or save it as UTF-8")
        }
        return text
    }

    /// Reads and checks a study from text.
    ///
    /// - Parameters:
    ///   - text: YAML.
    ///   - file: What messages call it.
    ///   - overrides: What the command line changes.
    ///   - locator: Finds the files that the study names.
    /// - Returns: a study in which every default is filled in.
    /// - Throws: `StudyError.invalid` with everything that is wrong with the study by itself.
    package static func parse(
        _ text: String, file: String, overrides: StudyOverrides = StudyOverrides(),
        locator: DataLocator
    ) throws -> Study {
        let (study, report) = try read(
            text, file: file, overrides: overrides, locator: locator)
        try report.check()
        return study
    }

    /// The study, which counts only if nothing is reported.
    private static func read(
        _ text: String, file: String, overrides: StudyOverrides, isStored: Bool = false,
        locator: DataLocator
    ) throws -> (Study, SettingsReport) {
        let report = SettingsReport(file: file)
        var node = try node(text, report: report)
        overrides.apply(to: &node, report: report)
        let reader = StudyReader(
            root: SettingsSection(node, path: "", report: report), report: report, locator: locator,
            isStored: isStored)
        let study = reader.study(
            positions: StudyPositions(file: file, origins: node.origins()))
        return (study, report)
    }

    private static func node(_ text: String, report: SettingsReport) throws -> SettingsNode {
        do throws(SettingsYAML.Problems) {
            let node = try SettingsYAML.read(text)
            if case .mapping = node.content { return node }
            report.add(
                node.content == .null
                    ? "is empty; write a study, for example a copy of an embedded one"
                    : "is \(node.kind), not keys with values", path: "", origin: node.origin)
        } catch {
            for problem in error.list {
                report.add(
                    problem.text, path: problem.path, origin: problem.line.map { .line($0) })
            }
        }
        throw StudyError.invalid(report.problems)
    }

    /// The file that a name or path means.
    ///
    /// - Throws: `StudyError.notFound`.
    package static func resolve(_ nameOrPath: String, locator: DataLocator) throws -> URL {
        let listings = list(locator: locator)
        if let listing = listings.first(where: { $0.name == nameOrPath }) { return listing.url }
        let file =
            nameOrPath.hasPrefix("/")
            ? URL(filePath: nameOrPath) : locator.workingDirectory.appending(path: nameOrPath)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder),
            !isFolder.boolValue
        {
            return file.standardizedFileURL
        }
        throw StudyError.notFound(name: nameOrPath, available: listings.map(\.name))
    }

    /// The embedded studies, by name.
    package static func list(locator: DataLocator) -> [Listing] {
        guard let folder = locator.datasets?.appending(path: "studies"),
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        else { return [] }
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
            Listing(name: String(name.dropLast(5)), url: folder.appending(path: name))
        }
    }
}
