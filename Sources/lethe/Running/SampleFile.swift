import Evaluation
import Foundation

/// A file of samples, one JSON object a line.
struct SampleFile {
    private let handle: FileHandle
    private let encoder = JSONEncoder()

    /// - Throws: `SampleFileError` if the file cannot be made.
    init(_ url: URL) throws {
        do {
            try Data().write(to: url)
            handle = try FileHandle(forWritingTo: url)
        } catch {
            throw SampleFileError(path: url.path, reason: error.localizedDescription)
        }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    }

    func write(_ samples: [TaskSample]) throws {
        for sample in samples {
            try handle.write(contentsOf: encoder.encode(sample) + Data([0x0A]))
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
