import Datasets
import Evaluation
import TestSupport
import Testing

@Suite struct GenerationFormatTests {
    private let record = Record(
        instruction: "Write f.", input: "assert f() == 1", output: "def f():\n    return 1",
        tests: ["assert f() == 1", "assert f() < 2"])

    @Test("GSM8K asks after solved examples")
    func gsm8k() throws {
        let item = try GenerationFormat.gsm8k.item(
            Record(instruction: "1+1?", output: "#### 2"),
            examples: [Record(instruction: "0+1?", output: "#### 1")])
        #expect(item.prompt == "Question: 0+1?\nAnswer: #### 1\n\nQuestion: 1+1?\nAnswer:")
        #expect(item.reference == "#### 2")
        #expect(item.maximumTokens == 256)
    }

    @Test("MBPP shows the tests")
    func mbpp() throws {
        let head = "You are an expert Python programmer, and here is your task: Write f. "
        let question =
            head
            + "Your code should pass these tests:\n\nassert f() == 1\nassert f() < 2\n[BEGIN]\n"
        #expect(try GenerationFormat.mbpp.item(record).prompt == question)
        #expect(
            try GenerationFormat.mbpp.item(record, examples: [record]).prompt
                == question + "def f():\n    return 1\n[DONE]\n\n" + question)
    }

    @Test("HumanEval completes the prompt and runs both with the tests")
    func humaneval() throws {
        let item = try GenerationFormat.humaneval.item(
            Record(
                instruction: "def f():\n", output: "    return 1\n", tests: ["T\ncheck(f)"],
                programStart: "def f():\n"))
        #expect(item.prompt == "def f():\n")
        #expect(
            item.program(completing: "    return 2") == "def f():\n    return 2\nT\ncheck(f)\n")
        let answer = "    return 1\n\ndef g():"
        #expect(StopStrings.cut(answer, at: item.stopStrings) == "    return 1\n")
    }

    @Test("a program without a start is the answer and its tests")
    func program() throws {
        let item = try GenerationFormat.code.item(record)
        #expect(item.prompt == "Write f.\nassert f() == 1\nAnswer:\n")
        #expect(
            item.program(completing: record.output)
                == "def f():\n    return 1\nassert f() == 1\nassert f() < 2\n")
    }

    @Test("a template of one's own can be used instead")
    func template() throws {
        let item = try GenerationItem(record, template: .chatml, maximumTokens: 9)
        #expect(item.prompt.hasPrefix("<|im_start|>user\nWrite f."))
        #expect(item.stopStrings.isEmpty && item.maximumTokens == 9)
    }

    @Test(
        "published files give questions", .enabled(if: sharedFolder != nil),
        arguments: [
            (GenerationFormat.gsm8k, "gsm8k/test.jsonl"), (.mbpp, "mbpp/mbpp.jsonl"),
            (.humaneval, "humaneval/HumanEval.jsonl"),
        ])
    func published(format: GenerationFormat, path: String) throws {
        let records = try Record.read(Golden.dataFile(path))
        let items = try records.map { try format.item($0) }
        let isComplete = items.allSatisfy { $0.tests.isEmpty == (format.check == .number) }
        #expect(isComplete)
    }
}
