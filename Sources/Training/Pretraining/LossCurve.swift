internal import Foundation
internal import Platform

/// The loss of a pretraining as a file of rows `step,loss`, in the order of the steps.
struct LossCurve {
    private let url: URL
    private static let header = "step,loss"

    init(_ url: URL) { self.url = url }

    /// Begins the file, or cuts an existing one back to the steps that training goes on from.
    ///
    /// - Throws: `FileError` if the file is there but cannot be read, or cannot be written.
    func cut(after step: Int) throws {
        var text = ""
        if FileManager.default.fileExists(atPath: url.path) {
            guard let read = String(data: try RegularFile.read(url), encoding: .utf8) else {
                throw FileError("read", url.path, "it is not UTF-8 text")
            }
            text = read
        }
        let kept = text.split(separator: "\n").filter { line in
            let fields = line.split(separator: ",")
            return fields.count == 2 && Int(fields[0]).map { $0 <= step } == true
        }
        text = ([Substring(Self.header)] + kept).map { $0 + "\n" }.joined()
        try WholeFile.write(Data(text.utf8), to: url)
    }

    /// Adds a row.
    ///
    /// - Throws: `FileError`.
    func append(step: Int, loss: Double) throws {
        try FileError.wrapping("write", url) {
            let file = try FileHandle(forWritingTo: url)
            defer { try? file.close() }
            try file.seekToEnd()
            try file.write(contentsOf: Data("\(step),\(loss)\n".utf8))
        }
    }
}
