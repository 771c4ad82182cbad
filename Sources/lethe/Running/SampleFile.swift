import Evaluation
import Foundation
import Platform

/// A file of samples, one JSON object a line.
struct SampleFile {
    private let handle: FileHandle
    private let url: URL
    private let encoder = JSONEncoder()

    /// - Throws: `SampleFileError` if the file cannot be made.
    init(_ url: URL) throws {
        self.url = url
        do {
            try Data().write(to: url)
            handle = try FileHandle(forWritingTo: url)
        } catch {
            throw SampleFileError(path: url.path, reason: reason(of: error))
        }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    }

    func write(_ samples: [TaskSample]) throws {
        for sample in samples {
            let line = try encoder.encode(sample) + Data([0x0A])
            try FileError.wrapping("write", url) { try handle.write(contentsOf: line) }
        }
    }
}

/// Why a file of samples cannot be made.
private struct SampleFileError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String {
        "\(path): cannot be written (\(reason)); name a file in a folder that is there"
    }
}
