import Datasets

/// MBPP: write a short Python function from one sentence and three tests.
///
/// - Data: https://github.com/google-research/google-research/tree/master/mbpp, `mbpp.jsonl` (test:
///   task ids 11 to 510).
/// - Example: `Write a function to find the minimum cost path ...` with the test
///   `assert min_cost([[1, 2, 3], [4, 8, 2], [1, 5, 3]], 2, 2) == 8` is answered by `def min_cost`.
/// - Scoring: as lm-evaluation-harness, greedy, up to 256 tokens, after the tasks 2, 3 and 4, pass@1.
///   The text before `[DONE]` and the tests make the program that is run.
/// - Reference: Austin et al., *Program Synthesis with Large Language Models*, 2108.07732.
enum MBPP {
    static func item(_ record: Record, examples: [Record]) -> GenerationItem {
        let solved = examples.map { "\(question($0))\($0.output)\n[DONE]\n\n" }.joined()
        return GenerationItem(
            record, prompt: solved + question(record), stopStrings: ["[DONE]"], maximumTokens: 256)
    }

    private static func question(_ record: Record) -> String {
        """
        You are an expert Python programmer, and here is your task: \(record.instruction) \
        Your code should pass these tests:

        \(record.tests.joined(separator: "\n"))
        [BEGIN]

        """
    }
}
