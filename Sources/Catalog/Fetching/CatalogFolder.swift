internal import Foundation

/// Where a user's fetched files lie.
enum CatalogFolder {
    /// `$variable`, else `lethe/name` in `$XDG_DATA_HOME`, else in `~/.local/share`.
    ///
    /// An empty variable counts as unset, and so does a relative `XDG_DATA_HOME`, as the XDG base
    /// directory specification asks.
    static func url(
        _ name: String, variable: String, environment: [String: String]
    ) -> URL {
        if let folder = environment[variable], !folder.isEmpty {
            return URL(filePath: folder, directoryHint: .isDirectory)
        }
        return userData(environment).appending(path: "lethe/\(name)")
    }

    private static func userData(_ environment: [String: String]) -> URL {
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            return URL(filePath: data, directoryHint: .isDirectory)
        }
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
        return URL(filePath: home, directoryHint: .isDirectory).appending(path: ".local/share")
    }
}

extension URL {
    /// The number of bytes of the file; nil if there is none.
    var fileSize: Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue
    }
}
