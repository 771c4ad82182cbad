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
            (#"{"weight_map": {"b": "1.safetensors"}}"#, "unknownTensor"),
            (#"{"weight_map": {"a": "3.safetensors"}}"#, "unreadable"),
            (#"{"weight_map": {"a": "../1.safetensors"}}"#, "badField"),
            (#"{"weight_map": {"a": ".."}}"#, "badField"),
            (#"{"metadata": {}}"#, "badField"),
        ])
    func badIndex(index: String, expected: String) throws {
        try withModel(index) { folder in
            #expect(caseName { _ = try openWeightFile(at: folder) } == expected)
        }
    }

    @Test("a folder without weights is an error")
    func empty() throws {
        try withTemporaryFolder { folder in
            #expect(caseName { _ = try openWeightFile(at: folder) } == "unreadable")
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
