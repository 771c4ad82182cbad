import Adapters
import Models
import TestSupport
import Testing

/// Folders that PEFT wrote.
@Suite struct PEFTFolderTests {
    @Test("the base predicts what it does under transformers")
    func base() throws {
        let goldens = try PEFTGoldens.read()
        expectSame(goldens.logits(of: try PEFTGoldens.base()), goldens.logits)
    }

    @Test("an adapter predicts what it does under PEFT", arguments: PEFTGoldens.methods)
    func adapter(method: String) throws {
        let goldens = try PEFTGoldens.read()
        let expected = try #require(goldens.adapters[method]).logits
        let base = try PEFTGoldens.base()
        let tuned = try TrainedFolder(PEFTGoldens.folder(of: method)).model(on: base)
        expectSame(goldens.logits(of: tuned), expected)
        #expect(goldens.logits(of: tuned) != goldens.logits)
    }

    @Test(
        "ranks, scales and layers of single modules are what they are under PEFT",
        arguments: PEFTGoldens.patterns)
    func patterns(name: String) throws {
        let goldens = try PEFTGoldens.read()
        let expected = try #require(try PEFTGoldens.readPatterns()[name])
        let base = try PEFTGoldens.base()
        let tuned = try TrainedFolder(PEFTGoldens.folder(of: name)).model(on: base)
        expectSame(goldens.logits(of: tuned), expected)
        expectClose(goldens.logits(of: try tuned.merged()), expected, relative: 0, absolute: 1e-4)
        #expect(goldens.logits(of: tuned) != goldens.logits)
    }

    /// Equal up to the rounding of sums in another order.
    private func expectSame(_ actual: [Float], _ expected: [Float]) {
        let largest = Double(expected.map(abs).max() ?? 0)
        #expect(largest > 1)
        expectClose(actual, expected, relative: 0, absolute: 3e-6 * largest)
    }
}
