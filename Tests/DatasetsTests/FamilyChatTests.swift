import Datasets
import Foundation
import Testing
import Tokenizers

/// Conversations with the tokenizers of model families, in the folders of
/// `../shared/golden/families`, where they are there.
@Suite struct FamilyChatTests {
    private static let folders: [URL] = {
        let shared = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../shared/golden/families").standardizedFileURL
        let found = try? FileManager.default.contentsOfDirectory(
            at: shared, includingPropertiesForKeys: nil)
        return (found ?? []).sorted { $0.path < $1.path }
    }()

    private static let record = Record(
        instruction: "And twice that?", output: "Four, of course.",
        earlier: [ChatTurn(.user, "What is 1 + 1?"), ChatTurn(.assistant, "It is 2.")])

    @Test(
        "tokens are those of the whole text, wherever the vocabulary has the template's marks",
        .enabled(if: !folders.isEmpty), arguments: folders)
    func wholeText(folder: URL) throws {
        let tokenizer = try Tokenizer(folder: folder)
        for (name, template) in try ChatRenderings.read().templates
        where template.specials.allSatisfy({ tokenizer.id(ofSpecial: $0) != nil }) {
            let encoder = Encoder(tokenizer, template)
            let layout = PromptTemplate.model(try ChatLayout(template.text, encoder: encoder))
            let example = try TokenizedExample(
                Self.record, template: layout, mask: .response, encoder: encoder)
            let laidOut = try layout.laidOut(Self.record)
            let text = laidOut.spans.map(\.text).joined()
            let end = layout.end(after: example.ids[example.responseEnd - 1], encoder)
            #expect(
                example.ids == tokenizer.encode(text) + end, "\(folder.lastPathComponent), \(name)")
            #expect(tokenizer.decode(example.ids).contains("It is 2."))
        }
    }

    /// A family's tokenizer with the beginning and the end that a template is made for.
    private struct Encoder: TextEncoder {
        let tokenizer: Tokenizer
        let edges: TextEdges

        init(_ tokenizer: Tokenizer, _ template: ChatRenderings.Template) {
            self.tokenizer = tokenizer
            edges = TextEdges(
                beginning: template.bos.flatMap { tokenizer.id(ofSpecial: $0) },
                ends: [tokenizer.id(ofSpecial: template.eos)].compactMap { $0 })
        }

        var specialTexts: [String] { tokenizer.specialTexts }
        func encode(_ text: String) -> [Int32] { tokenizer.encode(text) }
        func encodeOrdinary(_ text: String) -> [Int32] { tokenizer.encodeOrdinary(text) }
        func encode(_ text: String, after last: Int32?) -> [Int32] {
            tokenizer.encode(text, after: last)
        }
        func encodeOrdinary(_ text: String, after last: Int32?) -> [Int32] {
            tokenizer.encodeOrdinary(text, after: last)
        }
        func decodeBytes(_ ids: [Int32]) -> [UInt8] { tokenizer.decodeBytes(ids) }
        func id(ofSpecial text: String) -> Int32? { tokenizer.id(ofSpecial: text) }
    }
}
