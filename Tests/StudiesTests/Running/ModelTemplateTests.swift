import Bases
import Datasets
import Foundation
import Studies
import StudySamples
import TestSupport
import Testing
import Tokenizers

@Suite struct ModelTemplateTests {
    private static let template = """
        {% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}\
        {{ '<|im_start|>system\\nYou are kind.<|im_end|>\\n' }}{% endif %}\
        {{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}\
        {% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}
        """

    /// Gives the small base a chat template, and a context that is long enough for its marks, each
    /// of many tokens there; passes the sample on.
    private func withBase(
        _ name: String, _ contents: String, _ body: (SmallStudy) throws -> Void
    ) throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            try small.write(contents, to: "base/small/\(name)")
            let sizes = small.baseFolder.appending(path: "config.json")
            let text = try String(contentsOf: sizes, encoding: .utf8)
            try small.write(
                text.replacing(/"max_position_embeddings" : 96/) { _ in
                    "\"max_position_embeddings\" : 160"
                }, to: "base/small/config.json")
            try body(small)
        }
    }

    private static func configuration(_ template: Any) throws -> String {
        let json = ["eos_token": "<|endoftext|>", "chat_template": template]
        return String(
            decoding: try JSONSerialization.data(withJSONObject: json), as: UTF8.self)
    }

    private func prompt(_ small: SmallStudy) throws -> String {
        let prepared = try small.prepared([
            "target.template=model", "train.sequence_length=160", "evaluate.limit=1",
        ])
        let example = try #require(prepared.training[.response].first)
        return prepared.base.tokenizer.decode(Array(example.ids.prefix(example.responseStart)))
    }

    private static let expected = """
        <|im_start|>system
        You are kind.<|im_end|>
        <|im_start|>user
        Say one twice.<|im_end|>
        <|im_start|>assistant

        """

    @Test("a template in the tokenizer's settings, alone or by name, lays prompts out")
    func configurationFile() throws {
        for value in [
            Self.template,
            [
                ["name": "tool_use", "template": "{{ tools }}"],
                ["name": "default", "template": Self.template],
            ],
        ] as [Any] {
            try withBase("tokenizer_config.json", try Self.configuration(value)) { small in
                let prompt = try prompt(small)
                #expect(prompt == Self.expected)
            }
        }
    }

    @Test("a template in a file of its own comes first")
    func templateFile() throws {
        try withBase("tokenizer_config.json", try Self.configuration("[INST]")) { small in
            try small.write(Self.template, to: "base/small/chat_template.jinja")
            #expect(try prompt(small) == Self.expected)
        }
    }

    @Test("the run tells which layout it is, and the stored study keeps the word")
    func stored() throws {
        try withBase("chat_template.jinja", Self.template) { small in
            let settings = ["target.template=model", "train.sequence_length=160"]
            let study = try small.study(settings)
            #expect(study.yaml().contains("template: model"))
            #expect(try small.prepared(settings).study == study)
            let told =
                "prompts as the chat template of base/small has them: "
                + #"<|im_start|>system\nYou are kind.<|im_end|>\n<|im_start|>user\n…<|im_end|>\n"#
                + #"<|im_start|>assistant\n"#
            #expect(try small.prepared(settings).remarks.contains(told))
            #expect(try !small.prepared().remarks.contains { $0.contains("template") })
        }
    }

    @Test("a base without a template, or with an unknown one, is refused with the others")
    func refused() throws {
        let long = Self.template + String(repeating: " ", count: 1 << 17)
        for (text, message) in [
            (nil, "base/small has no chat template of its own; use alpaca, plain or chatml"),
            ("{{ bos_token }}[INST]", "does not show a question and then its answer, once each"),
            (long, "it is longer than 65536 bytes"),
        ] {
            try withTemporaryFolder { folder in
                let small = try SmallStudy(in: folder)
                if let text { try small.write(text, to: "base/small/chat_template.jinja") }
                let error = try #require(throws: StudyError.self) {
                    try small.prepared(["target.template=model", "train.sequence_length=97"])
                }
                #expect(error.description.contains("target.template: "))
                #expect(error.description.contains(message), "\(error)")
                #expect(error.description.contains("train.sequence_length: 97"))
                _ = try small.prepared()
            }
        }
    }

    @Test("a word that is no template is told with those that are")
    func unknownWord() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let error = try #require(throws: StudyError.self) {
                try small.study(["target.template=llama"])
            }
            #expect(error.description.contains("use alpaca, plain, chatml, model, or a text"))
        }
    }

    @Test("a text of one's own lays records out, and a placeholder that no record has is told")
    func ownText() throws {
        try withTemporaryFolder { folder in
            let small = try SmallStudy(in: folder)
            let text = "### Task\\n{instruction}{input}\\n### Answer\\n"
            let study = try small.study(["target.template=\"\(text)\""])
            let again = try StudyFile.parse(study.yaml(), file: "s.yaml", locator: small.locator)
            #expect(again == study)
            let example = try #require(
                small.prepared(["target.template=\"\(text)\""]).training[.response].first)
            let shown = example.weightedTexts(try small.prepared().base.tokenizer).map(\.text)
            #expect(shown.joined().hasPrefix("### Task\n"), "\(shown)")
            let error = try #require(throws: StudyError.self) {
                try small.study(["target.template=\"{question}?\""])
            }
            #expect(error.description.contains("has `{question}`, which no record has"))
        }
    }
}
