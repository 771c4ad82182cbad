/// WinoGrande: which of two names a blank in a sentence stands for.
///
/// - Data: https://winogrande.allenai.org, `winogrande_xl` validation (1,267 items); chance 50 %.
/// - Example: `Sarah was a much better surgeon than Maria so _ always got the easier cases.` scores
///   ` always got the easier cases.` after `... so Sarah` and after `... so Maria`.
/// - Scoring: partial, as lm-evaluation-harness: each option fills the blank, and the one that makes
///   the rest of the sentence more likely wins. Only `acc` is published.
/// - Reference: Sakaguchi et al., *WinoGrande*, 1907.10641; Trinh and Le, 1806.02847, for partial
///   scoring.
struct WinoGrandeRow: Decodable {
    let item: MultipleChoiceItem

    private enum Key: String, CodingKey { case sentence, option1, option2, answer }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        let sentence = try row.decode(String.self, forKey: .sentence).unicodeScalars
        let options = [
            try row.decode(String.self, forKey: .option1),
            try row.decode(String.self, forKey: .option2),
        ]
        let answer = try row.decode(LenientInteger.self, forKey: .answer).value
        guard answer == 1 || answer == 2 else {
            throw RowProblem("answer \(answer) is neither 1 nor 2")
        }
        guard let blank = sentence.firstIndex(of: "_") else {
            throw RowProblem("the sentence has no blank '_'")
        }
        let start = String(sentence[..<blank])
        let ending = String(sentence[sentence.index(after: blank)...])
        item = MultipleChoiceItem(
            contexts: options.map { start + $0 }, ending: HarnessText.stripped(ending),
            gold: answer - 1)
    }
}
