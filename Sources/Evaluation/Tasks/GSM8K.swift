import Datasets

/// GSM8K: grade-school word problems with worked solutions.
///
/// - Data: https://github.com/openai/grade-school-math, `test.jsonl` (1,319 problems).
/// - Example: `Question: Janet's ducks lay 16 eggs per day. ...\nAnswer:` is answered by steps such
///   as `She makes 9 * 2 = $<<9*2=18>>18 every day.` and then `#### 18`.
/// - Scoring: as lm-evaluation-harness, greedy, up to 256 tokens, usually after 5 examples;
///   `GSM8KAnswer.strict` is the number that papers plot (Llama-2-7B 14.6 %, 8 examples). The harness
///   draws its examples at random, so scores agree only to within noise.
/// - Reference: Cobbe et al., *Training Verifiers to Solve Math Word Problems*, 2110.14168.
enum GSM8K {
    static func item(_ record: Record, examples: [Record]) -> GenerationItem {
        let solved = examples.map { "\(question($0)) \($0.output)\n\n" }.joined()
        return GenerationItem(
            record, prompt: solved + question(record),
            stopStrings: ["Question:", "</s>", "<|im_end|>"], maximumTokens: 256)
    }

    private static func question(_ record: Record) -> String {
        "Question: \(record.instruction)\nAnswer:"
    }
}
