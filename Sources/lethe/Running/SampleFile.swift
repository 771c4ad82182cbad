import Evaluation
import Foundation

/// A file of samples, one JSON object a line.
struct SampleFile {
    private let handle: FileHandle
    private let encoder = JSONEncoder()

    /// - Throws: Foundation's error if the file cannot be made.
    init(_ url: URL) throws {
        try Data().write(to: url)
        handle = try FileHandle(forWritingTo: url)
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
