import Bases
import Foundation
import Studies
import Testing

/// What of YAML a study may use, and how the rest is refused.
@Suite struct StudyYAMLTests {
    @Test(
        "each kind of YAML that is not read is told with its line and its key",
        arguments: [
            (
                "arms:\n  - &a { name: a }\n  - { <<: *a, name: b }",
                "3: arms[1].<<: is a merge key, which is not read; write the keys out"
            ),
            ("name: !Secret x", "1: name: has the type `!Secret`, which is not read; drop it"),
            ("name: x\nseeds: !!set {a}", "2: seeds: has the type `!!set`"),
            ("name: x\n[a, b]: 3", "2: has a list as a key; keys are words"),
            ("train:\n  {a: b}: 3", "2: train: has a group as a key; keys are words"),
            ("train: { \"\": 3 }", "1: train: has nothing as a key; keys are words"),
            ("train:\n\tsteps: 3", "2: has a tab; YAML is indented with spaces"),
            ("name: a\nname: b", "key given twice: name; keep one"),
            ("name: a\n---\nname: b", "2: begins a second document; keep one in a file"),
            ("name: *none", "1: not valid YAML: found undefined alias"),
            ("name: x\nbase: \u{1}", "2: not valid YAML: control characters are not allowed"),
            ("name: @x", "1: not valid YAML: a value that begins with `@` needs quotes"),
            ("name: a: b", "1: not valid YAML: mapping values are not allowed in this context; "),
            (String(repeating: "[", count: 100_000), "is nested too deeply"),
            (String(repeating: "- ", count: 100_000), "is nested too deeply"),
        ])
    func refused(text: String, message: String) throws {
        let problems = try StudyFileSamples.problems(text)
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }

    @Test("all of a text's problems of this kind are told at once")
    func together() throws {
        let problems = try StudyFileSamples.problems("a: !b 1\n<<: 2\n[x]: 3")
        #expect(problems.count == 3, "\(problems)")
    }

    @Test("a few lines that stand for billions of values are refused at once", arguments: [5, 9])
    func laughs(count: Int) throws {
        let start = ContinuousClock.now
        let lines = (1..<9).map { level in
            let aliases = Array(repeating: "*l\(level - 1)", count: count)
            return "l\(level): &l\(level) [\(aliases.joined(separator: ", "))]"
        }
        let text = (["l0: &l0 x"] + lines).joined(separator: "\n")
        let problems = try StudyFileSamples.problems(text)
        #expect(problems.count == 1, "\(problems)")
        let asKey = try StudyFileSamples.problems(text + "\n? *l8\n: x\n? *l8\n: x")
        #expect(!asKey.isEmpty)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test("anchors and aliases stand for what they name")
    func aliases() throws {
        let arms = """
              - { name: full, method: full, learning_rate: &rate 2e-3 }
              - { name: other, method: full, learning_rate: *rate }
            """
        let study = try StudyFileSamples.parse(StudyFileSamples.text(line: 12, arms))
        #expect(study.arms.map(\.learningRates).prefix(2) == [[2e-3], [2e-3]])
    }

    @Test("a file that is no text, or no study by its size, is told as such")
    func files() throws {
        let cases = [
            (Data([0xFF, 0xFE, 0x00]), "it is not UTF-8 text"),
            (Data(repeating: 0x20, count: 2 << 20), "it is over 1 MiB"),
        ]
        try StudyFileSamples.withData { locator in
            for (contents, message) in cases {
                let file = locator.workingDirectory.appending(path: "x.yaml")
                try contents.write(to: file)
                let error = #expect(throws: StudyError.self) {
                    try StudyFile.load("x.yaml", locator: locator)
                }
                #expect("\(try #require(error))".contains(message))
            }
        }
    }
}
