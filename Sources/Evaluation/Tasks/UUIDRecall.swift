import Datasets

/// UUID recall: memorise pairs of random identifiers.
///
/// - Data: `uuid/pairs.jsonl`, made by `lethe data make`; trained on and evaluated alike, for there
///   is nothing to generalise to.
/// - Example: `ecb96a918e484db1bbfd1cafe12d65b4\nAnswer:\n` is answered by
///   `53911057e0244c298d61a4e9433de085`.
/// - Scoring: greedy; `character_accuracy`, by chance 0.098 (`CharacterAccuracy.uuidFloor`), and
///   `exact_match`.
/// - Reference: Jiang et al., *MoRA: High-Rank Updating for Parameter-Efficient Fine-Tuning*,
///   2405.12130, section 3 (10,000 pairs, Llama-2-7B).
enum UUIDRecall {
    static func item(_ record: Record) throws(ChatTemplateProblem) -> GenerationItem {
        try GenerationItem(record, template: .plain, maximumTokens: 40)
    }
}
