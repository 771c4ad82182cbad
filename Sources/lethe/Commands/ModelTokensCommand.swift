import ArgumentParser
import Bases
import Foundation
import Platform
import Tokenizers

extension ModelCommand {
    /// What a model's tokenizer makes of a text.
    struct Tokens: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the tokens of a text: one JSON object with ids and pieces.",
            discussion: """
                The text is taken as it is, to its last byte; special tokens that are written in it \
                are recognised. Pieces are the tokens as the vocabulary writes them. Only the \
                tokenizer of the model is read.
                """)

        @Option(help: "tiny, smollm2-135m, a .gguf file or a Hugging Face folder.")
        var model = BaseModel.embeddedName

        @Flag(help: "Add the marks that the tokenizer puts around every text.")
        var marks = false

        @Argument(help: "A file of UTF-8 text, or - for standard input.")
        var file: String

        private struct Output: Encodable {
            let ids: [Int32]
            let pieces: [String]
        }

        func run() throws {
            try Failure.report {
                let url = try BaseModel.url(of: model, locator: .standard())
                let tokenizer = try ModelTokenizer.read(url)
                let plain = tokenizer.encode(try text())
                let ids = marks ? tokenizer.edges.marked(plain) : plain
                let output = Output(ids: ids, pieces: ids.map { tokenizer.piece($0) ?? "" })
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                let json = String(decoding: try encoder.encode(output), as: UTF8.self)
                try StandardOutput.write(json + "\n")
            }
        }

        private func text() throws -> String {
            let data =
                file == "-"
                ? try FileError.wrapping("read", URL(filePath: "/dev/stdin")) {
                    try FileHandle.standardInput.readToEnd() ?? Data()
                } : try RegularFile.read(URL(filePath: file))
            guard let text = String(validating: data, as: UTF8.self) else {
                throw ValidationError("\(file): the text is not UTF-8; convert it first")
            }
            return text
        }
    }
}
