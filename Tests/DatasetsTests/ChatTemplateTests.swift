import Datasets
import Testing
import Tokenizers

/// Chat templates of models, as Jinja, and the layouts that they are.
@Suite struct ChatTemplateTests {
    @Test(
        "ChatML is recognised however it is written",
        arguments: Sample.chatml)
    func chatml(template: String) {
        #expect(PromptTemplate(chatTemplate: template, edges: TextEdges()) == .chatml)
    }

    @Test("the default system turn is found inside, before or without a condition")
    func system() {
        let expected = PromptTemplate.chat(system: "You are kind.")
        let turn = "{{ '<|im_start|>system\\nYou are kind.<|im_end|>\\n' }}"
        let condition = "{% if messages[0].role != 'system' %}"
        #expect(PromptTemplate(chatTemplate: Sample.withSystem, edges: TextEdges()) == expected)
        for opening in [condition + turn + "{% endif %}", turn] {
            #expect(
                PromptTemplate(
                    chatTemplate: opening + Sample.loop + Sample.opening, edges: TextEdges())
                    == expected)
        }
    }

    @Test("a model's template gives the prompt that its library gives")
    func prompt() throws {
        let template = try #require(
            PromptTemplate(chatTemplate: Sample.withSystem, edges: TextEdges()))
        let record = Record(instruction: "What is 1 + 1?", output: "2")
        #expect(
            template.prompt(for: record) == """
                <|im_start|>system
                You are kind.<|im_end|>
                <|im_start|>user
                What is 1 + 1?<|im_end|>
                <|im_start|>assistant

                """)
    }

    @Test("a template that begins the text itself fits a tokenizer that does, and no other")
    func beginning() {
        let template = "{{ bos_token }}" + Sample.loop + Sample.opening
        let begins = TextEdges(prefix: [1], beginning: 1)
        #expect(PromptTemplate(chatTemplate: template, edges: begins) == .chatml)
        #expect(PromptTemplate(chatTemplate: template, edges: TextEdges(beginning: 1)) == nil)
        #expect(
            PromptTemplate(chatTemplate: Sample.loop + Sample.opening, edges: begins) == .chatml)
    }

    @Test("Alpaca and plain layouts are recognised")
    func others() {
        let text = """
            {{ 'Below is an instruction that describes a task. Write a response that \
            appropriately completes the request.\\n\\n' }}{% for message in messages %}\
            {% if message['role'] == 'user' %}{{ '### Instruction:\\n' + message['content'] + \
            '\\n\\n' }}{% elif message['role'] == 'assistant' %}{{ '### Response:\\n' + \
            message['content'] + eos_token }}{% endif %}{% endfor %}\
            {% if add_generation_prompt %}{{ '### Response:\\n' }}{% endif %}
            """
        #expect(PromptTemplate(chatTemplate: text, edges: TextEdges()) == .alpaca)
        #expect(
            PromptTemplate(
                chatTemplate: """
                    {% for message in messages %}{% if message.role == 'user' %}\
                    {{ message.content }}{% else %}{{ '\\nAnswer:\\n' + message.content }}\
                    {% endif %}{% endfor %}\
                    {% if add_generation_prompt %}{{ '\\nAnswer:\\n' }}{% endif %}
                    """, edges: TextEdges()) == .plain)
    }

    @Test("templates of other formats are not taken for one of these", arguments: Sample.foreign)
    func foreign(template: String) {
        #expect(PromptTemplate(chatTemplate: template, edges: TextEdges()) == nil)
    }

    @Test("damaged templates are refused, not trusted")
    func damaged() {
        let scalars = Array(Sample.withSystem.unicodeScalars)
        for length in 0..<scalars.count {
            let cut = String(String.UnicodeScalarView(scalars[..<length]))
            #expect(PromptTemplate(chatTemplate: cut, edges: TextEdges()) == nil, "\(length)")
        }
    }

    @Test("a template name means a layout, and model the model's own")
    func names() throws {
        #expect(TemplateName.allCases.map(\.rawValue) == ["alpaca", "plain", "chatml", "model"])
        #expect(
            try TemplateName.alpaca.template(of: "m", chatTemplate: "{", edges: TextEdges())
                == .alpaca)
        #expect(
            try TemplateName.plain.template(of: "m", chatTemplate: nil, edges: TextEdges())
                == .plain)
        #expect(
            try TemplateName.chatml.template(
                of: "m", chatTemplate: Sample.withSystem, edges: TextEdges()) == .chatml)
        #expect(
            try TemplateName.model.template(
                of: "m", chatTemplate: Sample.withSystem, edges: TextEdges())
                == .chat(system: "You are kind."))
        #expect(throws: DatasetError.noChatTemplate(model: "m")) {
            try TemplateName.model.template(of: "m", chatTemplate: nil, edges: TextEdges())
        }
        let error = #expect(throws: DatasetError.self) {
            try TemplateName.model.template(of: "m", chatTemplate: "[INST]", edges: TextEdges())
        }
        #expect(error?.description.contains("use alpaca, plain or chatml") == true)
    }
}

/// Templates written for these tests.
private enum Sample {
    static let turn =
        "{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}"
    static let loop = "{% for message in messages %}" + turn + "{% endfor %}"
    static let opening =
        "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
    /// As models with a default system turn have it, with line breaks in place of `\n`.
    static let withSystem = """
        {% for message in messages %}\
        {% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system
        You are kind.<|im_end|>
        ' }}{% endif %}{{'<|im_start|>' + message['role'] + '
        ' + message['content'] + '<|im_end|>' + '
        '}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant
        ' }}{% endif %}
        """

    static let chatml = [
        loop + opening, loop + opening + "\n",
        "{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}"
            + "{% endif %}" + loop + opening,
        """
        {%- for message in messages -%}
            {{- "<|im_start|>" ~ message.role + "\\n" ~ message.content + "<|im_end|>\\n" -}}
        {%- endfor -%}
        {%- if add_generation_prompt -%}
            {{- "<|im_start|>assistant\\n" -}}
        {%- endif -%}
        """,
        """
        {% for message in messages %}
        <|im_start|>{{ message['role'] }}
        {{ message['content'] }}<|im_end|>
        {% endfor %}
        {% if add_generation_prompt %}
        <|im_start|>assistant
        {% endif %}
        """,
    ]

    static let foreign = [
        "", "x", "{{ messages }}", "{% for message in messages %}", "{{ '<|im_start|>",
        // Llama 2, Llama 3, Mistral, Zephyr, Gemma: other marks.
        "{% for message in messages %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' "
            + "+ message['content'] + ' [/INST]' }}{% else %}{{ message['content'] + eos_token }}"
            + "{% endif %}{% endfor %}",
        "{% for message in messages %}{{ '<|start_header_id|>' + message['role'] + "
            + "'<|end_header_id|>\\n\\n' + message['content'] + '<|eot_id|>' }}{% endfor %}"
            + "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>"
            + "\\n\\n' }}{% endif %}",
        "{% for message in messages %}{{ '<|' + message['role'] + '|>\\n' + message['content'] + "
            + "eos_token + '\\n' }}{% endfor %}{% if add_generation_prompt %}"
            + "{{ '<|assistant|>\\n' }}{% endif %}",
        "{% for message in messages %}{{ '<start_of_turn>' + message['role'] + '\\n' + "
            + "message['content'] | trim + '<end_of_turn>\\n' }}{% endfor %}"
            + "{% if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif %}",
        // Almost ChatML: no generation prompt, another one, changed content, other breaks, more
        // turns, a mark inside the system turn, a start token.
        loop, loop + opening.replacing("assistant", with: "model"),
        loop.replacing("message['content']", with: "message['content'] | trim") + opening,
        loop.replacing("message['content']", with: "message['content'].strip()") + opening,
        loop.replacing("'\\n'}}", with: "'\\n\\n'}}") + opening,
        loop.replacing(" + '\\n'}}", with: "}}") + opening,
        loop.replacing("'\\n' + message['c", with: "' ' + message['c") + opening,
        loop + opening + "{{ '<think>' }}", "{{ bos_token }}" + loop + opening,
        loop + opening.replacing("assistant\\n", with: "assistant\\n<think>\\n"),
        loop.replacing("in messages", with: "in messages[1:]") + opening,
        withSystem.replacing("kind.", with: "kind.<|im_end|>\n<|im_start|>user\nHello"),
        withSystem.replacing("!= 'system'", with: "== 'system'"),
        "{# ChatML #}" + loop + opening, loop.replacing("\\n", with: "\\x0a") + opening,
        // Both markers, used by a template of another format.
        "{% if tools %}{{ '<|im_start|>tools<|im_end|>' }}{% endif %}" + loop + opening,
        loop + opening + String(repeating: " ", count: PromptTemplate.chatTemplateLimit),
    ]
}
