import Adapters
import Foundation
import Models
import Tensors
import TestSupport
import Testing

@Suite struct TrainedFolderTests {
    private let configuration = ModelConfiguration(
        hiddenSize: 16, intermediateSize: 24, layerCount: 2, headCount: 2, kvHeadCount: 1,
        vocabularySize: 32, maxSequenceLength: 16)

    @Test("an adapter's folder gives the model that was trained, in both forms of PEFT's names")
    func adapter() throws {
        var random = SystemRandomNumberGenerator()
        let base = try Transformer.initialised(configuration, using: &random)
        let tuned = try LoRA(rank: 3, alpha: 5, targets: [.q, .down]).attach(
            to: base, using: &random)
        fill(tuned.trainable)
        try withTemporaryFolder { folder in
            try tuned.writeTrained(to: folder)
            let read = try TrainedFolder(folder).model(on: base)
            #expect(logits(read) == logits(tuned.model))
            #expect(logits(read) != logits(base))
            try rename(in: folder) {
                $0.replacingOccurrences(of: ".weight", with: ".default.weight")
            }
            #expect(logits(try TrainedFolder(folder).model(on: base)) == logits(tuned.model))
        }
    }

    @Test("rank-stabilised adapters are scaled by alpha over the root of the rank")
    func rankStabilised() throws {
        var random = SystemRandomNumberGenerator()
        let base = try Transformer.initialised(configuration, using: &random)
        let tuned = try LoRA(rank: 4, alpha: 6).attach(to: base, using: &random)
        fill(tuned.trainable)
        try withTemporaryFolder { folder in
            try tuned.writeTrained(to: folder)
            let json = #"{"peft_type":"LORA","r":4,"lora_alpha":3,"use_rslora":true}"#
            try Data(json.utf8).write(to: folder.appending(path: "adapter_config.json"))
            #expect(logits(try TrainedFolder(folder).model(on: base)) == logits(tuned.model))
        }
    }

    @Test("every method's folder gives the model that was trained", arguments: MethodCase.all)
    func everyMethod(sample: MethodCase) throws {
        let attached = try AttachedMethod.perturbed(sample.method)
        try withTemporaryFolder { folder in
            try attached.tuned.writeTrained(to: folder)
            let read = try TrainedFolder(folder).model(on: attached.base)
            let batch = ExampleBatch()
            let expected = batch.logits(attached.tuned.model)
            let scale = Double(expected.map(abs).max() ?? 0)
            expectClose(batch.logits(read), expected, relative: 0, absolute: 1e-5 * scale)
        }
    }

    @Test(
        "a stored rank may be over the sides of a layer, as a converted one is",
        arguments: [
            MethodCase(
                "pissa", SpectralLoRA(LoRA(rank: 12, alpha: 12, targets: [.k]), part: .pissa)),
            MethodCase("milora", SpectralLoRA(LoRA(rank: 7, alpha: 7), part: .milora)),
            MethodCase("lora", LoRA(rank: 29, alpha: 3)),
            MethodCase("dora", DoRA(LoRA(rank: 30, alpha: 3))),
            MethodCase("vera", VeRA(rank: 130)),
        ])
    func largeRank(sample: MethodCase) throws {
        let attached = try AttachedMethod.perturbed(sample.method)
        try withTemporaryFolder { folder in
            try attached.tuned.writeTrained(to: folder)
            let read = try TrainedFolder(folder).model(on: attached.base)
            let batch = ExampleBatch()
            let expected = batch.logits(attached.tuned.model)
            let scale = Double(expected.map(abs).max() ?? 0)
            expectClose(batch.logits(read), expected, relative: 0, absolute: 1e-5 * scale)
        }
    }

    @Test("a folder of whole weights replaces the base's")
    func wholeWeights() throws {
        var random = SystemRandomNumberGenerator()
        let base = try Transformer.initialised(configuration, using: &random)
        let other = try Transformer.initialised(configuration, using: &random)
        try withTemporaryFolder { folder in
            try other.save(toFolder: folder)
            #expect(logits(try TrainedFolder(folder).model(on: base)) == logits(other))
        }
    }

    @Test(
        "what is not computed is refused",
        arguments: [
            // DoRA's magnitudes are not in the file.
            #"{"peft_type":"LORA","r":3,"lora_alpha":3,"use_dora":true}"#,
            #"{"peft_type":"IA3","r":3,"lora_alpha":3}"#,
            #"{"peft_type":"LORA","r":0,"lora_alpha":3}"#,
            #"{"peft_type":"LORA","r":3,"lora_alpha":3,"bias":"all"}"#,
            #"{"peft_type":"LORA","r":3,"lora_alpha":3,"rank_pattern":{"q_proj":1}}"#,
            #"{"peft_type":"LORA","r":3,"lora_alpha":3,"alora_invocation_tokens":[1,2]}"#,
            #"{"peft_type":"LORA","lora_alpha":3}"#,
            #"{"peft_type":"LORA","r":2,"lora_alpha":3}"#,
            #"{"peft_type":"LORA","r":9223372036854775807,"lora_alpha":3}"#,
            #"{"peft_type":"VERA","r":9223372036854775807}"#,
            #"{"peft_type":"MORA","r":9223372036854775807,"mora_operator":"sharing"}"#,
            "nothing",
        ])
    func refusals(json: String) throws {
        var random = SystemRandomNumberGenerator()
        let base = try Transformer.initialised(configuration, using: &random)
        let tuned = try LoRA(rank: 3, alpha: 3).attach(to: base, using: &random)
        try withTemporaryFolder { folder in
            try tuned.writeTrained(to: folder)
            try Data(json.utf8).write(to: folder.appending(path: "adapter_config.json"))
            #expect(throws: ModelFolderError.self) { try TrainedFolder(folder).model(on: base) }
        }
    }

    /// PEFT unties a table that it saves alone.
    @Test("a table that was trained without the one it was tied to leaves that one alone")
    func untying() throws {
        let base = try smallModel()
        for table in VocabularyTable.allCases {
            var generator = SmallGenerator(state: 3)
            let method = TrainedTables(LoRA(rank: 3, alpha: 3), tables: [table])
            let tuned = try method.attach(to: base.untied(), using: &generator)
            perturb(tuned.trainable)
            try withTemporaryFolder { folder in
                try tuned.writeTrained(to: folder)
                let read = try TrainedFolder(folder).model(on: base)
                #expect(!read.configuration.tiesEmbeddings)
                let (batch, other) = (ExampleBatch(), table == .head ? read.embedding : read.head)
                #expect(batch.logits(read) == batch.logits(tuned.model))
                #expect(other.storage.buffer.elementsEqual(base.embedding.storage.buffer))
            }
        }
    }

    @Test("how the pair was started matters only where the base was changed")
    func initialisations() throws {
        let attached = try AttachedMethod.perturbed(LoRA(rank: 3, alpha: 3))
        try withTemporaryFolder { folder in
            try attached.tuned.writeTrained(to: folder)
            for name in ["true", "false", "\"gaussian\"", "\"eva\"", "null"] {
                try write(
                    #"{"peft_type":"LORA","r":3,"lora_alpha":3,"init_lora_weights":\#(name)}"#)
                _ = try TrainedFolder(folder).model(on: attached.base)
            }
            for name in ["pissa", "pissa_niter_16", "PiSSA", "olora", "loftq", "corda", "lora_ga"] {
                try write(
                    #"{"peft_type":"LORA","r":3,"lora_alpha":3,"init_lora_weights":"\#(name)"}"#)
                let error = #expect(throws: ModelFolderError.self) {
                    try TrainedFolder(folder).model(on: attached.base)
                }
                #expect(error?.description.contains("init_lora_weights is \(name), which") == true)
            }
            func write(_ json: String) throws {
                try Data(json.utf8).write(to: folder.appending(path: "adapter_config.json"))
            }
        }
    }

    @Test("tensors without a place in the base, and empty folders, are refused")
    func strangers() throws {
        var random = SystemRandomNumberGenerator()
        let base = try Transformer.initialised(configuration, using: &random)
        let tuned = try LoRA(rank: 3, alpha: 3).attach(to: base, using: &random)
        try withTemporaryFolder { folder in
            #expect(throws: ModelFolderError.self) { try TrainedFolder(folder).model(on: base) }
            try tuned.writeTrained(to: folder)
            try rename(in: folder) { $0.replacingOccurrences(of: "layers.1", with: "layers.2") }
            #expect(throws: ModelFolderError.self) { try TrainedFolder(folder).model(on: base) }
        }
    }

    private func fill(_ parameters: [Parameter]) {
        for parameter in parameters {
            for index in 0..<parameter.count {
                parameter.values[index] = 0.3 * Float(sin(Double(index) + 1))
            }
        }
    }

    private func logits(_ model: Transformer) -> [Float] {
        let tape = Tape(arena: Arena(), isRecording: false)
        let hidden = model.hidden([1, 2, 3], layout: SequenceLayout(offsets: [0, 3]), on: tape)
        return Array(tape.logits(hidden, head: model.output, rows: [0, 1, 2]))
    }

    /// Renames the tensors of a folder's adapter.
    private func rename(in folder: URL, _ rename: (String) -> String) throws {
        let url = folder.appending(path: "adapter_model.safetensors")
        let file = try SafetensorsFile(url)
        var writer = SafetensorsWriter(metadata: [:])
        let values = try file.tensorNames.map { ($0, try file.readFloats($0)) }
        for (name, floats) in values {
            writer.add(rename(name), shape: file.shape(of: name) ?? [], values: floats)
        }
        try writer.write(to: url)
    }
}
