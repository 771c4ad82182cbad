import Foundation
import Models
import TestSupport
import Testing

@Suite struct ShardedSafetensorsTests {
    @Test("tensors are found in their files, through the folder")
    func shards() throws {
        try withModel(#"{"weight_map": {"a": "1.safetensors", "b": "2.safetensors"}}"#) { folder in
            let file = try openWeightFile(at: folder)
            #expect(file.tensorNames == ["a", "b"])
            #expect(file.shape(of: "b") == [2])
            #expect(try file.readFloats("a") == [1])
            #expect(try file.readFloats("b") == [2, 3])
            #expect(caseName { _ = try file.readFloats("c") } == "unknownTensor")
        }
    }

    @Test(
        "an index that does not fit the files is refused",
        arguments: [
            (#"{"weight_map": {"b": "1.safetensors"}}"#, "badField"),
            (#"{"weight_map": {"a": "3.safetensors"}}"#, "unreadable"),
            (#"{"weight_map": {"a": "../1.safetensors"}}"#, "badField"),
            (#"{"weight_map": {"a": ".."}}"#, "badField"),
            (#"{"weight_map": {"a": "/etc/passwd"}}"#, "badField"),
            (#"{"weight_map": {"a": ""}}"#, "badField"),
            (#"{"metadata": {}}"#, "badField"),
            ("[[[[", "badField"),
            // Tensors that nobody would read.
            (#"{"weight_map": {"a": "1.safetensors", "c": "2.safetensors"}}"#, "badField"),
            (#"{"weight_map": {"a": "2.safetensors", "b": "2.safetensors"}}"#, "unknownTensor"),
            ("version https://git-lfs.github.com/spec/v1\n", "unreadable"),
        ])
    func badIndex(index: String, expected: String) throws {
        try withModel(index) { folder in
            #expect(caseName { _ = try openWeightFile(at: folder) } == expected)
        }
    }

    @Test("a folder without weights is an error")
    func empty() throws {
        try withTemporaryFolder { folder in
            #expect(caseName { _ = try openWeightFile(at: folder) } == "noWeights")
        }
    }

    @Test("a folder in the place of a file is named as one")
    func folderAsFile() throws {
        try withTemporaryFolder { folder in
            try FileManager.default.createDirectory(
                at: folder.appending(path: "model.safetensors"), withIntermediateDirectories: true)
            let error = #expect(throws: WeightFileError.self) { try openWeightFile(at: folder) }
            #expect(error?.description.contains("Is a directory") == true)
        }
    }

    @Test(
        "what lies there instead of weights is named",
        arguments: [
            ("pytorch_model.bin", "pytorch_model.bin is PyTorch's format"),
            ("m.gguf", "m.gguf is a model by itself"),
            ("model-00001-of-00002.safetensors", "has no model.safetensors.index.json"),
        ])
    func otherFiles(name: String, reason: String) throws {
        try withTemporaryFolder { folder in
            try Data("x".utf8).write(to: folder.appending(path: name))
            let error = #expect(throws: WeightFileError.self) { try openWeightFile(at: folder) }
            #expect(error?.description.contains(reason) == true)
        }
    }

    @Test("of a whole file and an index that speaks of others, one is out of date")
    func indexBesideWhole() throws {
        let index = #"{"weight_map": {"a": "1.safetensors", "b": "2.safetensors"}}"#
        try withModel(index) { folder in
            var writer = SafetensorsWriter()
            writer.add("a", shape: [1], values: [7])
            try writer.write(to: folder.appending(path: "model.safetensors"))
            #expect(caseName { _ = try openWeightFile(at: folder) } == "noWeights")
            try Data(#"{"weight_map": {"a": "model.safetensors"}}"#.utf8)
                .write(to: folder.appending(path: "model.safetensors.index.json"))
            #expect(try openWeightFile(at: folder).readFloats("a") == [7])
        }
    }

    private func withModel(_ index: String, _ body: (URL) throws -> Void) throws {
        try withTemporaryFolder { folder in
            for (name, tensor, values) in [("1", "a", [1]), ("2", "b", [2, 3])]
                as [(String, String, [Float])]
            {
                var writer = SafetensorsWriter()
                writer.add(tensor, shape: [values.count], values: values)
                try writer.write(to: folder.appending(path: name + ".safetensors"))
            }
            try Data(index.utf8)
                .write(to: folder.appending(path: "model.safetensors.index.json"))
            try body(folder)
        }
    }
}
