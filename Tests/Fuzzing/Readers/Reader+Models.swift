import Bases
import Datasets
import Foundation
import Models
import Studies
import Tensors
import Tokenizers

extension Reader {
    /// Everything that a model consists of.
    static let models = [
        Reader(name: "safetensors") { input, place in
            let file = try SafetensorsFile(data: input, path: "input.safetensors")
            for name in file.tensorNames { _ = try? file.readFloats(name) }
            try openModel(place, "model.safetensors", input)
        },
        Reader(name: "index") { input, place in
            let folder = try place.copy(
                of: "sharded", replacing: "model.safetensors.index.json", by: input)
            try use(try BaseModel.load(name: "sharded", from: folder))
        },
        Reader(name: "gguf") { input, place in
            let file = try GGUFFile(data: input, path: "input.gguf")
            for name in file.tensorNames { _ = try? file.readFloats(name) }
            try use(try BaseModel.load(name: "gguf", from: try place.file("input.gguf", input)))
        },
        Reader(name: "config") { try openModel($1, "config.json", $0) },
        Reader(name: "generation-config") { try openModel($1, "generation_config.json", $0) },
        Reader(name: "tokenizer") { try openModel($1, "tokenizer.json", $0) },
        Reader(name: "tokenizer-config") { try openModel($1, "tokenizer_config.json", $0) },
        Reader(name: "chat-template") { input, place in
            let layout = try ChatLayout(
                String(decoding: input, as: UTF8.self), encoder: place.base.tokenizer)
            let record = Record(
                instruction: "Say one.", output: "one",
                earlier: [
                    ChatTurn(.system, "Be kind."), ChatTurn(.user, "Hm?"), ChatTurn(.assistant, ""),
                ])
            _ = try PromptTemplate.model(layout).laidOut(record)
        },
    ]

    private static func openModel(_ place: Surroundings, _ name: String, _ input: Data) throws {
        let folder = try place.copy(of: "model", replacing: name, by: input)
        try use(try BaseModel.load(name: "model", from: folder))
    }

    /// Goes on a prompt, as `lethe generate` does.
    private static func use(_ base: BaseModel) throws {
        _ = base.chatTemplate.flatMap { try? ChatLayout($0, encoder: base.tokenizer) }
        let ids = base.tokenizer.encode("The cat, 12 naïve\u{301} \u{1F600}\r\n  sees<|endoftext|>")
        _ = base.tokenizer.decode(ids)
        guard !ids.isEmpty, base.model.configuration.maxSequenceLength > 2 else { return }
        let generator = Generator(model: base.model, arena: Arena(), stopTokens: [])
        _ = try generator.generate([.init(prompt: Array(ids.prefix(8)), maxTokens: 2)])
    }
}
