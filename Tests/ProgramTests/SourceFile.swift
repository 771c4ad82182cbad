import Foundation
import TestSupport

/// A file of ours, by lines.
struct SourceFile {
    /// From the package's root, such as `Sources/Tensors/Shape.swift`.
    let path: String
    let lines: [Substring]

    /// The name of the folder under `Sources` or `Tests`.
    var target: String {
        path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
    }

    /// Reads all files with one of these extensions below a folder of the package, in order.
    static func all(under folder: String, extensions: Set<String> = ["swift"]) throws
        -> [SourceFile]
    {
        let root = packageRoot.appending(path: folder)
        let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        var files: [SourceFile] = []
        while let file = found?.nextObject() as? URL {
            guard extensions.contains(file.pathExtension) else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            let path = folder + file.path.dropFirst(root.path.count)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            files.append(SourceFile(path: path, lines: lines.last == "" ? lines.dropLast() : lines))
        }
        return files.sorted { $0.path < $1.path }
    }
}
