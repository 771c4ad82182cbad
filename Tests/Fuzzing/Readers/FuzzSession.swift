import Foundation

/// One reader with its surroundings, which meets one input after the other.
///
/// libFuzzer calls from one thread alone.
final class FuzzSession: @unchecked Sendable {
    static let shared = FuzzSession()

    private lazy var reader = Self.chosenReader()
    private lazy var surroundings = Self.chosenSurroundings()

    /// Makes everything that inputs share, so that a fault in it is not taken for one of an input.
    func prepare() { _ = (reader, surroundings) }

    /// Lets the reader meet an input; a refusal must be one that can be told.
    func read(_ input: Data) {
        do {
            try reader.read(input, surroundings)
        } catch {
            precondition(!"\(error)".isEmpty, "an error without a word")
        }
    }

    private static func chosenReader() -> Reader {
        let name = value(of: "--reader")
        guard let reader = Reader.all.first(where: { $0.name == name }) else {
            let known = Reader.all.map(\.name).joined(separator: ", ")
            fail("--reader=\(name): use \(known)")
        }
        return reader
    }

    private static func chosenSurroundings() -> Surroundings {
        do {
            return try Surroundings(specimens: URL(filePath: value(of: "--specimens")))
        } catch {
            fail("--specimens: \(error)")
        }
    }

    private static func value(of option: String) -> String {
        let prefix = option + "="
        let found = CommandLine.arguments.first { $0.hasPrefix(prefix) }
        return found.map { String($0.dropFirst(prefix.count)) } ?? ""
    }

    private static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data("fuzz-readers: \(text)\n".utf8))
        exit(64)
    }
}
