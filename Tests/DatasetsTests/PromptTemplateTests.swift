import Datasets
import Testing

@Suite struct PromptTemplateTests {
    private let record = Record(instruction: "Add the numbers.", input: "1 2", output: "3")
    private let bare = Record(instruction: "Say hi.", output: "hi")

    private func text(_ template: PromptTemplate, _ record: Record) -> String {
        template.spans(for: record).map(\.text).joined()
    }

    @Test("alpaca has its own opening line with and without an input")
    func alpaca() {
        #expect(
            text(.alpaca, record) == """
                Below is an instruction that describes a task, paired with an input that provides \
                further context. Write a response that appropriately completes the request.

                ### Instruction:
                Add the numbers.

                ### Input:
                1 2

                ### Response:
                3
                """)
        #expect(
            text(.alpaca, bare) == """
                Below is an instruction that describes a task. Write a response that appropriately \
                completes the request.

                ### Instruction:
                Say hi.

                ### Response:
                hi
                """)
    }

    @Test("plain puts each part on its own line")
    func plain() {
        #expect(text(.plain, record) == "Add the numbers.\n1 2\nAnswer:\n3")
        #expect(text(.plain, bare) == "Say hi.\nAnswer:\nhi")
    }

    @Test("chatml marks the turns")
    func chatml() {
        #expect(
            text(.chatml, record)
                == "<|im_start|>user\nAdd the numbers.\n1 2<|im_end|>\n<|im_start|>assistant\n3")
    }

    @Test("a system turn comes before the user's, all of it marks of the template")
    func system() {
        let template = PromptTemplate.chat(system: "Be brief.")
        #expect(
            text(template, bare) == """
                <|im_start|>system
                Be brief.<|im_end|>
                <|im_start|>user
                Say hi.<|im_end|>
                <|im_start|>assistant
                hi
                """)
        let roles = template.spans(for: bare).map(\.role)
        #expect(roles == [.template, .instruction, .template, .response])
    }

    @Test("the prompt is the example without its response", arguments: PromptTemplate.examples)
    func prompt(template: PromptTemplate) {
        #expect(template.prompt(for: record) + record.output == text(template, record))
    }

    @Test("roles tell the parts apart", arguments: PromptTemplate.examples)
    func roles(template: PromptTemplate) {
        let spans = template.spans(for: record)
        let instructions = spans.filter { $0.role == .instruction }.map(\.text)
        #expect(instructions == ["Add the numbers.", "1 2"])
        #expect(spans.last == TextSpan("3", .response))
        let constants = spans.filter { $0.role == .constant }
        #expect(constants.count == (template == .alpaca ? 1 : 0))
    }

    @Test("plain text is laid out alone", arguments: PromptTemplate.examples)
    func plainText(template: PromptTemplate) {
        let record = Record(instruction: "", output: "Once upon a time.")
        #expect(template.spans(for: record) == [TextSpan("Once upon a time.", .response)])
    }

    @Test("chatml ends with its own mark where the tokenizer has it")
    func endMarker() {
        #expect(PromptTemplate.chatml.endMarker(ByteEncoder()) == 258)
        #expect(PromptTemplate.plain.endMarker(ByteEncoder()) == 256)
        #expect(PromptTemplate.chatml.endMarker(ByteEncoder(specials: ["<|endoftext|>"])) == 256)
        #expect(PromptTemplate.alpaca.endMarker(ByteEncoder(specials: [])) == nil)
    }
}

extension PromptTemplate {
    /// One of each kind.
    static let examples: [PromptTemplate] = [.alpaca, .plain, .chatml, .chat(system: "Be brief.")]
}
