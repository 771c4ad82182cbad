import Foundation
import Models
import TestSupport
import Testing

@Suite struct SafetensorsWriterTests {
    @Test("what is written is read back, and nothing else is left in the folder")
    func roundTrip() throws {
        let odd: [Float] = [0, -0.0, .infinity, .leastNonzeroMagnitude, 3.25, -1]
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "model.safetensors")
            try odd.withUnsafeBufferPointer { pointer in
                var writer = SafetensorsWriter(metadata: ["format": "pt"])
                writer.add("z.weight", shape: [2, 3], values: pointer)
                writer.add("a.weight", shape: [1], values: [7])
                writer.add("empty", shape: [0], values: [Float]())
                try writer.write(to: url)
            }
            let file = try SafetensorsFile(url)
            #expect(file.metadata == ["format": "pt"])
            #expect(file.tensorNames == ["a.weight", "empty", "z.weight"])
            #expect(file.shape(of: "z.weight") == [2, 3])
            #expect(try file.readFloats("z.weight").map(\.bitPattern) == odd.map(\.bitPattern))
            #expect(try file.readFloats("a.weight") == [7])
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names == ["model.safetensors"])
        }
    }

    @Test("a file of the same name is replaced, the data begins on 8 bytes")
    func replacement() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "model.safetensors")
            try Data("old".utf8).write(to: url)
            var writer = SafetensorsWriter()
            writer.add("x", shape: [1], values: [1])
            try writer.write(to: url)
            #expect(try Data(contentsOf: url).count % 8 == 4)
            #expect(try SafetensorsFile(url).readFloats("x") == [1])
        }
    }

    @Test("a folder that is not there is an error")
    func unwritable() {
        let url = URL(filePath: "/does/not/exist/model.safetensors")
        #expect(caseName { try SafetensorsWriter().write(to: url) } == "unwritable")
    }
}
