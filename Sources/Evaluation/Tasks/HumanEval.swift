import Datasets

/// HumanEval: complete a Python function from its signature and docstring.
///
/// - Data: https://github.com/openai/human-eval, `HumanEval.jsonl.gz` (164 problems).
/// - Example: the prompt `def has_close_elements(numbers: List[float], ...` with its docstring is
///   completed by the indented body; prompt, body and tests make the program that is run.
/// - Scoring: as lm-evaluation-harness, greedy, up to 1,024 tokens, no examples, pass@1 (Llama-2-7B
///   12.8 %).
/// - Reference: Chen et al., *Evaluating Large Language Models Trained on Code*, 2107.03374.
enum HumanEval {
    static func item(_ record: Record) -> GenerationItem {
        GenerationItem(
            record, prompt: record.instruction,
            stopStrings: ["\nclass", "\ndef", "\n#", "\nif", "\nprint"], maximumTokens: 1024)
    }
}
