internal import Datasets

extension TaskDefinition {
    /// Every placeholder that a row must fill, with the key of the file that has it.
    var placeholders: [(key: String, field: FieldReference)] {
        templates.flatMap { key, template in template.fields.map { (key, $0) } }
    }

    private var templates: [(key: String, template: TextTemplate)] {
        let own: [(key: String, template: TextTemplate)] =
            switch question {
            case .choice(let question): question.templates
            case .written(let question):
                [("prompt", question.prompt)]
                    + [question.answer.map { ("answer", $0) }].compactMap { $0 }
                    + (question.program.map {
                        [("program.start", $0.start), ("program.tests", $0.tests)]
                    } ?? [])
            case .continuation(let question):
                [("prompt", question.prompt), ("continuation", question.continuation)]
            case .record, .texts: []
            }
        return [("preamble", preamble)] + own
    }
}

extension ChoiceQuestion {
    fileprivate var templates: [(key: String, template: TextTemplate)] {
        let form: (key: String, template: TextTemplate) =
            switch form {
            case .options(let prompt): ("prompt", prompt)
            case .contexts(let ending): ("ending", ending)
            }
        let options: [TextTemplate] =
            switch options {
            case .list(let template): [template]
            case .templates(let templates): templates
            }
        return [form, ("gold", gold)] + options.map { ("options", $0) }
    }
}
