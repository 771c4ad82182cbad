import Datasets
import Testing

@Suite struct PromptTemplateTests {
    private let record = Record(instruction: "Add the numbers.", input: "1 2", output: "3")
    private let bare = Record(instruction: "Say hi.", output: "hi")

    private func text(_ template: PromptTemplate, _ record: Record) throws -> String {
        try template.laidOut(record).spans.map(\.text).joined()
    }

    @Test("alpaca has its own opening line with and without an input")
    func alpaca() throws {
        #expect(
            try text(.alpaca, record) == """
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
            try text(.alpaca, bare) == """
                Below is an instruction that describes a task. Write a response that appropriately \
                completes the request.

                ### Instruction:
                Say hi.

                ### Response:
                hi
                """)
    }

    @Test("plain puts each part on its own line")
    func plain() throws {
        #expect(try text(.plain, record) == "Add the numbers.\n1 2\nAnswer:\n3")
        #expect(try text(.plain, bare) == "Say hi.\nAnswer:\nhi")
    }

    @Test("chatml marks the turns")
    func chatml() throws {
        #expect(
            try text(.chatml, record)
                == "<|im_start|>user\nAdd the numbers.\n1 2<|im_end|>\n<|im_start|>assistant\n3")
    }

    @Test("chatml has a place for system turns and earlier ones, whose ends are marks of answers")
    func severalTurns() throws {
        var asked = bare
        asked.earlier = [
            ChatTurn(.system, "Be brief."), ChatTurn(.user, "Hm?"), ChatTurn(.assistant, "Yes."),
        ]
        #expect(
            try text(.chatml, asked) == """
                <|im_start|>system
                Be brief.<|im_end|>
                <|im_start|>user
                Hm?<|im_end|>
                <|im_start|>assistant
                Yes.<|im_end|>
                <|im_start|>user
                Say hi.<|im_end|>
                <|im_start|>assistant
                hi
                """)
        let roles = try PromptTemplate.chatml.laidOut(asked).prompt.map(\.role)
        #expect(
            roles == [
                .template, .instruction, .template, .instruction, .template, .response, .mark,
                .template, .instruction, .template,
            ])
        for template in [PromptTemplate.alpaca, .plain] {
            #expect(throws: ChatTemplateProblem.singleTurn(layout: template.description)) {
                try template.laidOut(asked)
            }
        }
    }

    @Test("the prompt is the example without its response", arguments: PromptTemplate.examples)
    func prompt(template: PromptTemplate) throws {
        #expect(try template.laidOut(record).promptText + record.output == text(template, record))
    }

    @Test("roles tell the parts apart", arguments: PromptTemplate.examples)
    func roles(template: PromptTemplate) throws {
        let spans = try template.laidOut(record).spans
        let instructions = spans.filter { $0.role == .instruction }.map(\.text)
        #expect(instructions == ["Add the numbers.", "1 2"])
        #expect(spans.last == TextSpan("3", .response))
        let constants = spans.filter { $0.role == .constant }
        #expect(constants.count == (template == .alpaca ? 1 : 0))
    }

    @Test("plain text is laid out alone", arguments: PromptTemplate.examples)
    func plainText(template: PromptTemplate) throws {
        let record = Record(instruction: "", output: "Once upon a time.")
        #expect(try template.laidOut(record).spans == [TextSpan("Once upon a time.", .response)])
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
    static let examples: [PromptTemplate] = [.alpaca, .plain, .chatml]
}
