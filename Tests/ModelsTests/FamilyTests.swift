import Foundation
import Models
import Tensors
import TestSupport
import Testing

/// What holds for a model of every family.
@Suite struct FamilyTests {
    private let tokens: [Int32] = [1, 5, 9, 2, 22, 7, 7, 3, 0, 11, 4]
    private let targets: [Int32] = [5, 9, 2, 22, 7, 7, 3, 0, 11, 4, 8]

    private func loss(_ model: Transformer, recording: Bool, arena: Arena = Arena()) -> (
        Double, Tape
    ) {
        let tape = Tape(arena: arena, isRecording: recording)
        let hidden = model.hidden(tokens, layout: SequenceLayout(offsets: [0, 3, 11]), on: tape)
        let loss = tape.crossEntropy(
            hidden, head: model.output, targets: targets,
            weights: [0, 1, 1, 0.5, 1, 0, 1, 1, 0.25, 1, 1])
        return (loss.mean, tape)
    }

    @Test(
        "the gradient of every parameter agrees with finite differences",
        arguments: SmallFamilies.names)
    func gradients(name: String) throws {
        let model = try SmallFamilies.model(name)
        for parameter in model.parameters { parameter.isTrainable = true }
        let (_, tape) = loss(model, recording: true)
        tape.backward()
        let gradients = model.parameters.map { parameter in
            parameter.gradient.map { Array(UnsafeBufferPointer(start: $0, count: parameter.count)) }
        }
        tape.reset()
        for (parameter, gradient) in zip(model.parameters, gradients) {
            let gradient = try #require(gradient, "\(parameter.name) has no gradient")
            let norm = gradient.reduce(0) { $0 + Double($1 * $1) }.squareRoot()
            let original = Array(parameter.storage.buffer)
            func moved(_ step: Double) -> Double {
                for index in gradient.indices {
                    parameter.values[index] =
                        original[index] + Float(step * Double(gradient[index]) / norm)
                }
                let (value, tape) = loss(model, recording: false)
                tape.reset()
                return value
            }
            // A bias of keys changes no softmax unless it is turned with them: its gradient may be 0.
            // Steep losses are curved too.
            let step = min(4e-3, 0.02 / norm)
            let measured = norm > 1e-6 ? (moved(step) - moved(-step)) / (2 * step) : 0
            for index in original.indices { parameter.values[index] = original[index] }
            #expect(
                abs(measured - norm) <= 0.01 * norm + 2e-4,
                "\(parameter.name): \(measured) measured, \(norm) computed")
        }
    }

    @Test(
        "recording or not, the loss is the same, and steady steps ask for no memory",
        arguments: SmallFamilies.names)
    func steadySteps(name: String) throws {
        let model = try SmallFamilies.model(name)
        for parameter in model.parameters { parameter.isTrainable = true }
        let arena = Arena()
        func step() -> Double {
            let (loss, tape) = loss(model, recording: true, arena: arena)
            tape.backward()
            tape.reset()
            return loss
        }
        let first = step()
        _ = step()
        let before = arena.reach
        for _ in 0..<3 { #expect(step() == first) }
        #expect(arena.reach == before)
        let plain = loss(model, recording: false)
        plain.1.reset()
        #expect(plain.0 == first)
    }

    @Test(
        "over a cache, token by token, the logits are those of the whole",
        arguments: SmallFamilies.names)
    func cached(name: String) throws {
        let model = try SmallFamilies.model(name)
        let tape = Tape(arena: Arena(), isRecording: false)
        defer { tape.reset() }
        let hidden = model.hidden(
            tokens, layout: SequenceLayout(offsets: [0, tokens.count]), on: tape)
        let whole = Array(
            tape.logits(hidden, head: model.output, rows: tokens.indices.map { Int32($0) }))
        let cache = try KVCache(model.configuration, pageCount: 1)
        var pieces: [Float] = []
        for range in [0..<4, 4..<5, 5..<6, 6..<11] {
            let hidden = model.hidden(
                Array(tokens[range]), cache: cache,
                slots: [CacheSlot(pages: [0], past: range.lowerBound, count: range.count)],
                on: tape)
            pieces += tape.logits(
                hidden, head: model.output, rows: range.indices.map { Int32($0 - range.lowerBound) }
            )
        }
        expectClose(pieces, whole, relative: 1e-4, absolute: 1e-5)
    }

    @Test(
        "a shared beginning gives the numbers of the text as a whole",
        arguments: SmallFamilies.names)
    func sharedPrefix(name: String) throws {
        let model = try SmallFamilies.model(name)
        let tape = Tape(arena: Arena(), isRecording: false)
        defer { tape.reset() }
        var layout = SequenceLayout()
        let prefix = layout.append(count: 6)
        layout.append(count: 5, continuing: prefix)
        let split = Array(tape.values(model.hidden(tokens, layout: layout, on: tape)))
        let whole = Array(
            tape.values(
                model.hidden(tokens, layout: SequenceLayout(offsets: [0, tokens.count]), on: tape)))
        expectClose(split, whole, relative: 1e-4, absolute: 1e-5)
    }

    @Test(
        "what was saved is the same model, with the keys of its file",
        arguments: SmallFamilies.names)
    func saving(name: String) throws {
        let model = try SmallFamilies.model(name)
        try withTemporaryFolder { folder in
            try model.save(toFolder: folder)
            let file = folder.appending(path: "config.json")
            let configuration = try HuggingFaceConfiguration.read(file)
            #expect(configuration == model.configuration)
            let read = try Transformer.load(
                configuration, from: try openWeightFile(at: folder), path: folder.path)
            for (own, other) in zip(model.parameters, read.parameters) {
                #expect(own.name == other.name)
                #expect(own.storage.buffer.elementsEqual(other.storage.buffer))
            }
            // Other programs tell 2.0 and 2 apart.
            #expect(try String(contentsOf: file, encoding: .utf8) == SmallFamilies.json(name))
        }
    }

    @Test("weights in several files are the same model")
    func severalFiles() throws {
        let model = try SmallFamilies.model("gemma3")
        try withTemporaryFolder { folder in
            // No file takes more than two of the larger matrices.
            try model.save(toFolder: folder, largestFile: 6000)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            let parts = names.filter { $0.hasSuffix(".safetensors") }.sorted()
            #expect(parts.count > 3 && names.count == parts.count + 2)
            #expect(
                parts.first
                    == "model-00001-of-\(String(100_000 + parts.count).dropFirst()).safetensors")
            for part in parts {
                let file = try SafetensorsFile(folder.appending(path: part))
                #expect(file.metadata == ["format": "pt"] && !file.tensorNames.isEmpty)
                let bytes = file.tensorNames.reduce(0) {
                    $0 + 4 * (file.shape(of: $1) ?? []).reduce(1, *)
                }
                #expect(bytes <= 6000 || file.tensorNames.count == 1)
            }
            let index = try JSONObjectFile(folder.appending(path: "model.safetensors.index.json"))
            #expect(
                index.values["metadata"]?.object?["total_size"]
                    == .int(model.configuration.memoryBytes))
            let read = try Transformer.load(
                model.configuration, from: try openWeightFile(at: folder), path: folder.path)
            for (own, other) in zip(model.parameters, read.parameters) {
                #expect(own.storage.buffer.elementsEqual(other.storage.buffer))
            }
        }
    }

    @Test("every tensor that is missing or too much is named", arguments: SmallFamilies.names)
    func strictTensors(name: String) throws {
        let model = try SmallFamilies.model(name)
        for left in model.declarations {
            try withTemporaryFolder { folder in
                var writer = SafetensorsWriter(metadata: ["format": "pt"])
                for parameter in model.parameters {
                    writer.add(
                        parameter.name == left.name ? "other.weight" : parameter.name,
                        shape: parameter.storedShape,
                        values: UnsafeBufferPointer(parameter.storage.buffer))
                }
                try writer.write(to: folder.appending(path: "model.safetensors"))
                let error = #expect(throws: ModelFolderError.self) {
                    try Transformer.check(
                        model.configuration, in: try openWeightFile(at: folder), path: "x")
                }
                let text = error?.description ?? ""
                #expect(text.contains("\(left.name) is missing"), "\(text)")
                #expect(text.contains("other.weight has no place in the model"), "\(text)")
            }
        }
    }
}
