import Foundation
import Models
import Tensors
import TestSupport
import Testing

@Suite struct TransformerLoadingTests {
    /// Loads the small model's folder after a change to its tensors.
    private func load(
        _ configuration: ModelConfiguration = smallConfiguration,
        _ change: (inout [String: (shape: [Int], values: [Float])]) -> Void
    ) throws -> Transformer {
        let model = try smallModel()
        var tensors: [String: (shape: [Int], values: [Float])] = [:]
        for parameter in model.parameters {
            tensors[parameter.name] = (parameter.storedShape, Array(parameter.storage.buffer))
        }
        change(&tensors)
        return try withTemporaryFolder { folder in
            var writer = SafetensorsWriter()
            for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
                writer.add(name, shape: tensor.shape, values: tensor.values)
            }
            try writer.write(to: folder.appending(path: "model.safetensors"))
            let file = try openWeightFile(at: folder)
            try Transformer.check(configuration, in: file, path: "m", readsValues: true)
            return try Transformer.load(configuration, from: file, path: "m")
        }
    }

    private func problem(
        _ configuration: ModelConfiguration = smallConfiguration,
        _ change: (inout [String: (shape: [Int], values: [Float])]) -> Void
    ) -> String? {
        do {
            _ = try load(configuration, change)
            return nil
        } catch {
            return "\(error)"
        }
    }

    private let query = "model.layers.1.self_attn.q_proj"
    private let head = "lm_head.weight"

    @Test("a whole file is read, and buffers of older files are passed over")
    func whole() throws {
        #expect(problem { _ in } == nil)
        #expect(
            problem { $0["model.layers.0.self_attn.rotary_emb.inv_freq"] = ([3], [1, 2, 3]) } == nil
        )
    }

    @Test("tensors that are missing, strange or of another shape are named, all at once")
    func tensors() {
        let error = problem { tensors in
            tensors["model.norm.weight"] = nil
            tensors["\(query).weight"]?.shape = [20, 24]
            tensors["\(query).bias"] = ([24], Array(repeating: 0, count: 24))
            tensors["model.layers.0.self_attn.q_norm.weight"] = ([1], [1])
        }
        for part in [
            "model.norm.weight is missing", "\(query).weight has shape [20, 24]",
            "\(query).bias has no place", "q_norm.weight has no place",
        ] {
            #expect(error?.contains(part) == true, "\(part)")
        }
    }

    @Test("quantised weights are named as such, not by their shapes")
    func quantised() {
        let error = problem { tensors in
            tensors["\(query).weight"] = ([240, 1], Array(repeating: 0, count: 240))
            tensors["\(query).weight.absmax"] = ([8], Array(repeating: 1, count: 8))
        }
        #expect(error?.contains("\(query).weight.absmax is a part of quantised weights") == true)
        #expect(error?.contains("has shape") == false)
    }

    @Test("a head beside the table it is tied to must be the table")
    func spareHead() {
        let table = "model.embed_tokens.weight"
        #expect(problem { $0[head] = $0[table] } == nil)
        let other = problem { tensors in
            tensors[head] = tensors[table]
            tensors[head]?.values[5] += 1
        }
        #expect(other?.contains("lm_head.weight differs from model.embed_tokens.weight") == true)
        #expect(problem { $0[head] = ([1], [1]) }?.contains("lm_head.weight has shape [1]") == true)
    }

    @Test(
        "numbers that are not finite are told with their tensor",
        arguments: [Float.nan, .infinity, -.infinity])
    func infinite(value: Float) {
        let error = problem { tensors in
            tensors["\(query).weight"]?.values[100] = value
            tensors["model.norm.weight"]?.values[0] = value
        }
        #expect(error?.contains("\(query).weight has numbers that are not finite") == true)
        #expect(problem { $0["model.norm.weight"]?.values[0] = 0 } == nil)
    }

    @Test("weights that are finite and too large are told as well")
    func tooLarge() {
        let error = problem { tensors in
            tensors["model.layers.1.mlp.up_proj.weight"]?.values =
                Array(repeating: 3e38, count: 28 * 20)
        }
        #expect(error?.contains("what the model makes of them is not") == true)
    }

    @Test("a wrong number of layers is told before room is made for them")
    func layers() {
        for (count, found) in [(1, "layers 0 to 1"), (3, "layers 0 to 1"), (16_777_216, "layers")] {
            var configuration = smallConfiguration
            configuration.layerCount = count
            let clock = ContinuousClock()
            var error: String?
            let time = clock.measure { error = problem(configuration) { _ in } }
            #expect(
                error?.contains("num_hidden_layers is \(count), but the weights have \(found)")
                    == true, "\(error ?? "accepted")")
            #expect(time < .seconds(5))
        }
        var configuration = smallConfiguration
        configuration.layerCount = 16_777_216
        let error = problem(configuration) { $0["model.layers.16777215.x"] = ([1], [1]) }
        #expect(error?.contains("a layer of 16777216 is missing") == true, "\(error ?? "accepted")")
    }

    @Test("a context of millions of positions costs nothing until it is used")
    func longContext() throws {
        var configuration = smallConfiguration
        configuration.maxSequenceLength = 1 << 24
        let time = try ContinuousClock().measure { _ = try load(configuration) { _ in } }
        #expect(time < .seconds(3))
    }
}
