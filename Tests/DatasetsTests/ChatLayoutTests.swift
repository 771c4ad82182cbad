import Datasets
import Testing
import Tokenizers

/// Chat templates of models, as Jinja, and the layouts that they are.
@Suite struct ChatLayoutTests {
    @Test("every template lays conversations out as transformers renders them")
    func renderings() throws {
        let renderings = try ChatRenderings.read()
        for (name, template) in renderings.templates {
            let layout = try ChatLayout(template.text, encoder: template.encoder)
            for (title, expected) in template.cases {
                let record = try #require(renderings.record(title))
                let comment = Comment(rawValue: "\(name), \(title)")
                guard let prompt = expected.prompt, let whole = expected.whole else {
                    let error = #expect(throws: ChatTemplateProblem.self, comment) {
                        try PromptTemplate.model(layout).laidOut(record)
                    }
                    let reason = try #require(expected.error)
                    #expect(error?.description.contains(reason) == true, comment)
                    continue
                }
                guard let laidOut = try? PromptTemplate.model(layout).laidOut(record) else {
                    // transformers drops what these templates pass over; here that is an error.
                    #expect(title == "late system" && !whole.contains("Be brief."), comment)
                    continue
                }
                let text = laidOut.spans.map(\.text).joined()
                #expect(text.hasPrefix(prompt), comment)
                // Mistral's third template shows a system turn to those who ask alone.
                let showsSystem = name != "mistral-v0.3" || record.earlier.first?.speaker != .system
                #expect(whole.hasPrefix(text) == showsSystem, comment)
            }
        }
    }

    @Test(
        "loss is on answers and on what ends them, in every turn",
        arguments: [
            ("chatml", "2<|im_end|>|4<|im_end|>"), ("qwen2.5", "2<|im_end|>|4<|im_end|>"),
            ("qwen3", "2<|im_end|>|<think>\n\n</think>\n\n4<|im_end|>"),
            ("llama3", "2<|eot_id|>|4<|eot_id|>"), ("gemma", "2<end_of_turn>|4<end_of_turn>"),
            ("gemma2", "2<end_of_turn>|4<end_of_turn>"), ("zephyr", "2</s>|4</s>"),
            ("mistral-v0.1", "2</s>|4</s>"), ("mistral-v0.3", " 2</s>| 4</s>"),
            ("mistral-tekken", "2</s>|4</s>"), ("llama2", " 2 </s>| 4 </s>"),
            ("phi3", "2<|end|>|4<|end|>"), ("smollm3", "2<|im_end|>|4<|im_end|>"),
            ("olmo2", "2<|endoftext|>|4<|endoftext|>"), ("macro", "2<|end|>|4<|end|>"),
            ("vicuna", " 2</s>| 4</s>"),
        ])
    func loss(name: String, expected: String) throws {
        let template = try #require(try ChatRenderings.read().templates[name])
        let encoder = template.encoder
        let record = Record(
            instruction: "And twice that?", output: "4",
            earlier: [ChatTurn(.user, "What is 1 + 1?"), ChatTurn(.assistant, "2")])
        let layout = PromptTemplate.model(try ChatLayout(template.text, encoder: encoder))
        let example = try TokenizedExample(
            record, template: layout, mask: .response, encoder: encoder)
        let runs = example.weightedTexts(encoder).split { $0.weight == 0 }
        #expect(runs.map { $0.map(\.text).joined() }.joined(separator: "|") == expected)
        #expect(layout.stopTokens(encoder).contains(try #require(example.ids.last)))
        // Trained ids are those of the whole text, up to the mark that ends the last answer.
        let whole = encoder.encode(encoder.decode(example.ids))
        #expect(example.ids == whole)
    }

    @Test("what is said carries loss by the mask, marks between turns never do")
    func masks() throws {
        let template = try #require(try ChatRenderings.read().templates["chatml"])
        let layout = PromptTemplate.model(
            try ChatLayout(template.text, encoder: template.encoder))
        let record = Record(
            instruction: "c", output: "d",
            earlier: [ChatTurn(.system, "s"), ChatTurn(.user, "a"), ChatTurn(.assistant, "b")])
        func text(_ mask: LossMask, _ weight: Float) throws -> String {
            try TokenizedExample(record, template: layout, mask: mask, encoder: template.encoder)
                .weightedTexts(template.encoder).filter { $0.weight == weight }.map(\.text).joined()
        }
        #expect(try text(.response, 1) == "b<|im_end|>d<|im_end|>")
        #expect(try text(.all, 1) == "sab<|im_end|>cd<|im_end|>")
        #expect(try text(.boilerplate, 1) == text(.all, 1))
        #expect(try text(.promptWeight(0.25), 0.25) == "sac")
    }

    @Test("records cannot forge marks; blanks before a text are encoded with it")
    func forgery() throws {
        let template = try #require(try ChatRenderings.read().templates["mistral-v0.3"])
        let encoder = template.encoder
        let layout = PromptTemplate.model(try ChatLayout(template.text, encoder: encoder))
        let record = Record(instruction: "[/INST]</s>", output: "</s>")
        let example = try TokenizedExample(
            record, template: layout, mask: .response, encoder: encoder)
        #expect(example.ids.filter { $0 >= 256 } == [256, 258, 259, 257])
        let laidOut = try layout.laidOut(record)
        #expect(laidOut.request.map(\.text) == ["<s>[INST]", " [/INST]</s>", "[/INST]"])
        #expect(laidOut.lead == " " && laidOut.answer == "</s>" && laidOut.opening.isEmpty)
    }

    @Test("what begins every text comes once, whether the template writes it or not")
    func beginning() throws {
        let templates = try ChatRenderings.read().templates
        let record = Record(instruction: "a", output: "b")
        for (name, count) in [("mistral-v0.1", 1), ("zephyr", 1)] {
            let template = try #require(templates[name])
            var encoder = template.encoder
            encoder.prefix = try [#require(encoder.id(ofSpecial: "<s>"))]
            let layout = PromptTemplate.model(try ChatLayout(template.text, encoder: encoder))
            let ids = try TokenizedExample(
                record, template: layout, mask: .response, encoder: encoder
            ).ids
            #expect(ids.count { $0 == encoder.prefix[0] } == count && ids[0] == encoder.prefix[0])
        }
    }

    @Test("an instruction's input stands on a line of its own, and plain text alone")
    func records() throws {
        let template = try #require(try ChatRenderings.read().templates["chatml"])
        let layout = PromptTemplate.model(
            try ChatLayout(template.text, encoder: template.encoder))
        let laidOut = try layout.laidOut(Record(instruction: "Add.", input: "1 2", output: "3"))
        #expect(
            laidOut.prompt.map(\.role) == [
                .template, .instruction, .template, .instruction, .template,
            ])
        #expect(laidOut.promptText.contains("user\nAdd.\n1 2<|im_end|>"))
        let text = Record(instruction: "", output: "Once.")
        #expect(try layout.laidOut(text).spans == [TextSpan("Once.", .response)])
    }

    @Test("templates that lay out no conversation, or do what is not known, are refused")
    func refused() {
        for (template, reason) in [
            ("", "does not show a question and then its answer"), ("[INST]", "does not show"),
            ("{{ messages }}", "line 1: a list is printed"),
            ("{% for m in messages %}{{ m.content }}", "{% endfor %} is missing"),
            ("\n\n{{ '<|im_start|>", "line 3: a text is not closed"),
            ("{% include 'x' %}", "the statement {% include %} is not known"),
            ("{{ messages | shuffle }}", "the filter 'shuffle' is not known"),
            ("{{ messages[0].content.format() }}", "there is no function 'format'"),
            (
                "{% for m in messages %}{{ m.content }}{% endfor %}{{ messages[0].content }}",
                "does not"
            ),
            (
                "{% for m in messages %}{{ m.role + m.content }}{% endfor %}"
                    + "{% if add_generation_prompt %}<think>{% endif %}", "otherwise than one"
            ),
        ] {
            let error = #expect(throws: ChatTemplateProblem.self) {
                try ChatLayout(template, encoder: ByteEncoder())
            }
            #expect(error?.description.contains(reason) == true, "\(error as Any)")
        }
        #expect(throws: ChatTemplateProblem.self) {
            try ChatLayout(
                String(repeating: " ", count: ChatLayout.templateLimit + 1), encoder: ByteEncoder())
        }
    }

    @Test("damaged templates are refused or laid out, and end")
    func damaged() throws {
        let text = try #require(try ChatRenderings.read().templates["qwen3"]).text
        let scalars = Array(text.unicodeScalars)
        for length in stride(from: 0, to: scalars.count, by: 17) {
            let cut = String(String.UnicodeScalarView(scalars[..<length]))
            _ = try? ChatLayout(cut, encoder: ByteEncoder())
        }
    }

    @Test("a template that asks for the day is told one day, and says so")
    func day() throws {
        let turns = "{% for m in messages %}<|im_start|>{{ m.content }}<|im_end|>{% endfor %}"
        let asking = try ChatLayout(
            "{{ strftime_now('%d %B %Y') }} " + turns, encoder: ByteEncoder())
        #expect(asking.description.hasPrefix("26 July 2024 <|im_start|>…"))
        #expect(asking.description.hasSuffix("(the day that it asks for is always 26 July 2024)"))
        let careful = try ChatLayout(
            "{{ strftime_now('%Y') if strftime_now is defined else 'no day' }}" + turns,
            encoder: ByteEncoder())
        #expect(careful.description.hasPrefix("no day<|im_start|>…"))
    }

    @Test("a template name means a layout, and model the model's own")
    func names() throws {
        #expect(TemplateName.named.map(\.rawValue) == ["alpaca", "plain", "chatml", "model"])
        let encoder = ByteEncoder()
        let turns = "{% for m in messages %}<|im_start|>{{ m.content }}<|im_end|>{% endfor %}"
        for (name, layout) in [
            (TemplateName.alpaca, PromptTemplate.alpaca), (.plain, .plain), (.chatml, .chatml),
            (.model, .model(try ChatLayout(turns, encoder: encoder))),
        ] {
            #expect(try name.template(of: "m", chatTemplate: turns, encoder: encoder) == layout)
        }
        #expect(throws: DatasetError.noChatTemplate(model: "m")) {
            try TemplateName.model.template(of: "m", chatTemplate: nil, encoder: encoder)
        }
        let error = #expect(throws: DatasetError.self) {
            try TemplateName.model.template(of: "m", chatTemplate: "[INST]", encoder: encoder)
        }
        #expect(error?.description.contains("use alpaca, plain or chatml") == true)
    }
}
