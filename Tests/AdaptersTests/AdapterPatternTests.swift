import Adapters
import Foundation
import Models
import Tensors
import TestSupport
import Testing

/// Ranks and scales that the modules of an adapter have for themselves.
@Suite struct AdapterPatternTests {
    private let batch = ExampleBatch()

    /// The logits of an adapter's tensors under a configuration.
    private func logits(_ attached: AttachedMethod, _ keys: String) throws -> [Float] {
        try withTemporaryFolder { folder in
            try attached.tuned.writeTrained(to: folder)
            let json = #"{"peft_type": "LORA", "r": 3, \#(keys)}"#
            try Data(json.utf8).write(to: folder.appending(path: "adapter_config.json"))
            return batch.logits(try TrainedFolder(folder).model(on: attached.base))
        }
    }

    @Test("of several expressions that fit a module the first in the file counts")
    func order() throws {
        let attached = try AttachedMethod.perturbed(LoRA(rank: 3, alpha: 6, targets: [.q, .down]))
        func logits(_ pattern: String) throws -> [Float] {
            try self.logits(attached, #""lora_alpha": 6, "alpha_pattern": \#(pattern)"#)
        }
        let twice = try self.logits(attached, #""lora_alpha": 12"#)
        #expect(try logits(#"{".*": 12, "down_proj": 6}"#) == twice)
        #expect(try logits(#"{"down_proj": 6, ".*": 12}"#) != twice)
        #expect(try logits(#"{"x": 1, "\u0071_proj": 12, "mlp.down_proj": 12.0}"#) == twice)
        #expect(try logits(#"{"proj": 12}"#) == batch.logits(attached.tuned.model))
    }

    @Test(
        "expressions are Python's",
        arguments: [
            #"(?P<kind>q|down)_proj"#, #"(q|down)_proj\\Z"#, #"^model\\.layers\\.[0-9]+\\..*"#,
            #"[^]x]*_proj"#, #"[[a-z_]{,9}"#, #"(?P<a>.)*(?P=a)?(q|down)_proj"#, #"\\w+(?<=_proj)"#,
            #"(?i)(Q|DOWN)_PROJ"#, #"model.layers.0.self_attn.q_proj|model.*"#,
            #"[a-c--z&&_]*(q|down)_proj"#,
        ])
    func syntax(expression: String) throws {
        let attached = try AttachedMethod.perturbed(LoRA(rank: 3, alpha: 6, targets: [.q, .down]))
        let pattern = #""lora_alpha": 6, "alpha_pattern": {"\#(expression)": 12}"#
        #expect(try logits(attached, pattern) == logits(attached, #""lora_alpha": 12"#))
    }

    @Test("attention and MLP of every family have ranks and scales of their own")
    func families() throws {
        for name in SmallFamilies.names {
            let base = try SmallFamilies.model(name)
            var generator = SmallGenerator(state: 2)
            let (attention, mlp) = (
                Projection.Group.attention.members, Projection.Group.mlp.members
            )
            let first = try LoRA(rank: 2, alpha: 3, targets: attention)
                .attach(to: base, using: &generator)
            perturb(first.trainable)
            let second = try LoRA(rank: 3, alpha: 6, targets: mlp, scaling: .lora)
                .attach(to: first.model.merged(), using: &generator)
            perturb(second.trainable)
            try withTemporaryFolder { folder in
                var writer = SafetensorsWriter()
                for parameter in first.trainable + second.trainable {
                    writer.add(
                        parameter.name, shape: parameter.storedShape,
                        values: UnsafeBufferPointer(parameter.storage.buffer))
                }
                try writer.write(to: folder.appending(path: "adapter_model.safetensors"))
                let json =
                    #"{"peft_type": "LORA", "r": 2, "lora_alpha": 3, "#
                    + #""target_modules": "all-linear", "rank_pattern": {"mlp\\..*": 3}, "#
                    + #""alpha_pattern": {"mlp\\..*": 6}}"#
                try Data(json.utf8).write(to: folder.appending(path: "adapter_config.json"))
                let (read, expected) = (
                    batch.logits(try TrainedFolder(folder).model(on: base)),
                    batch.logits(second.model)
                )
                let scale = Double(expected.map(abs).max() ?? 0)
                expectClose(read, expected, relative: 0, absolute: 1e-5 * scale)
            }
        }
    }

    @Test("modules that are stored whole take the place of the base's, norms and layers too")
    func wholeModules() throws {
        let attached = try AttachedMethod.perturbed(LoRA(rank: 3, alpha: 6, targets: [.q]))
        let other = try smallModel(seed: 9)
        try withTemporaryFolder { folder in
            var writer = SafetensorsWriter()
            let own = attached.tuned.trainable
            let whole = other.parameters { $0.name.contains("norm") || $0.name.contains(".1.mlp.") }
            for (prefix, parameters) in [("", own), ("base_model.model.", whole)] {
                for parameter in parameters {
                    writer.add(
                        prefix + parameter.name, shape: parameter.storedShape,
                        values: UnsafeBufferPointer(parameter.storage.buffer))
                }
            }
            try writer.write(to: folder.appending(path: "adapter_model.safetensors"))
            let json =
                #"{"peft_type": "LORA", "r": 3, "lora_alpha": 6, "target_modules": "#
                + #"["q_proj", "up_proj"], "layers_to_transform": [0, 1], "#
                + #""exclude_modules": ["0.mlp.up_proj"], "modules_to_save": ["norm", "1.mlp"]}"#
            try Data(json.utf8).write(to: folder.appending(path: "adapter_config.json"))
            let read = try TrainedFolder(folder).model(on: attached.base)
            for (declaration, parameter) in zip(read.declarations, read.parameters) {
                let isWhole = whole.contains { $0.name == declaration.name }
                let expected = (isWhole ? other : attached.base)
                    .parameters { $0.name == declaration.name }.first
                #expect(expected?.storage.buffer.elementsEqual(parameter.storage.buffer) == true)
            }
            #expect(batch.logits(read) != batch.logits(attached.tuned.model))
        }
    }
}
