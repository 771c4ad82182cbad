internal import Settings

/// How large an adapter is: a rank, or the rank that trains as many parameters as something else.
package enum AdapterSize: Sendable, Equatable {
    /// `rank`, 1 or more; how it compares with a layer's size is known only with the model.
    case rank(Int)
    /// `match`: the name of another arm, or `lora-rN` for LoRA of rank N at the same targets.
    case match(String)

    /// Reads `rank` or `match`, of which one must be there.
    init(_ arm: SettingsSection) {
        guard let name = arm.optionalText("match") else {
            self = .rank(arm.integer("rank", in: 1...Int.max))
            return
        }
        self = .match(name)
        if arm.value("rank") != nil {
            arm.problem("match", "is given beside `rank`; keep one of them")
        }
    }

    /// The rank; nil until it is found on the model.
    package var rank: Int? { if case .rank(let rank) = self { rank } else { nil } }

    /// The rank, or the smallest until it is found.
    var rankOrSmallest: Int { rank ?? 1 }

    var key: (key: String, value: String) {
        switch self {
        case .rank(let rank): ("rank", String(rank))
        case .match(let name): ("match", "\"\(name)\"")
        }
    }

    /// The N of `lora-rN`.
    static func rankOfLoRA(named name: String) -> Int? {
        guard name.hasPrefix("lora-r"), let rank = Int(name.dropFirst(6)), rank >= 1
        else { return nil }
        return rank
    }
}
