import Bases
import Foundation
import Models
import StudySamples
import TestSupport
import Testing

@Suite struct ModelDescriptionTests {
    @Test("all parts of a folder are looked at, and told of in one error")
    func several() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            try small.write(#"{"model_type": "llama"}"#, to: "base/small/config.json")
            try small.write("nothing", to: "base/small/tokenizer.json")
            try small.write(
                "version https://git-lfs.github.com/spec/v1\n", to: "base/small/model.safetensors")
            let error = #expect(throws: ModelFolderError.self) {
                try ModelDescription(small.baseFolder)
            }
            let text = error?.description ?? ""
            for part in ["no hidden_size", "no rms_norm_eps", "tokenizer.json", "git lfs pull"] {
                #expect(text.contains(part), "\(part) in \(text)")
            }
        }
    }

    @Test("a configuration that cannot be read is told once")
    func damagedConfiguration() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            try small.write("{", to: "base/small/config.json")
            let error = #expect(throws: (any Error).self) {
                try ModelDescription(small.baseFolder)
            }
            let text = error.map { "\($0)" } ?? ""
            #expect(text.split(separator: "config.json").count == 2, "\(text)")
        }
    }

    @Test("a folder without a config.json is no model, whatever else it lacks")
    func noModel() throws {
        try withTemporaryFolder { folder in
            #expect(throws: ModelFolderError.notAModel(path: folder.path)) {
                try ModelDescription(folder)
            }
        }
    }

    @Test("a GGUF file's tokenizer has no more ids than its table has rows")
    func tokensInGGUF() throws {
        let tokens = ["a", "b", "ab", "c"]
        for rows in [3, 4, 5] {
            var builder = GGUFBuilder.llama(tokens: rows)
            builder.add("tokenizer.ggml.model", "gpt2")
            builder.add("tokenizer.ggml.tokens", strings: tokens)
            builder.add("tokenizer.ggml.merges", strings: ["a b"])
            try withTemporaryFolder { folder in
                let file = folder.appending(path: "m.gguf")
                try builder.data.write(to: file)
                if rows >= tokens.count {
                    try ModelDescription(file).checkValues()
                } else {
                    #expect(
                        throws: ModelFolderError.tokensWithoutRow(
                            path: file.path, tokens: 4, rows: 3)
                    ) { try ModelDescription(file) }
                }
            }
        }
    }
}
