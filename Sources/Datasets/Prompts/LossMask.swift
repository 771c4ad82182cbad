/// Which tokens of an example carry loss.
///
/// | mask | template | constant | instruction | response and its marks |
/// |---|---|---|---|---|
/// | `response` | 0 | 0 | 0 | 1 |
/// | `all` | 0 | 1 | 1 | 1 |
/// | `boilerplate` | 0 | 0 | 1 | 1 |
/// | a number `w` | 0 | `w` | `w` | 1 |
///
/// Of a conversation of several turns every answer is a response, and what the system and the user say
/// is instruction.
///
/// `response` is instruction tuning and `all` is instruction modelling; a number goes from the one
/// (0) to the other (1). The marks of the template carry no loss, as the text of that paper says; the
/// authors' code hardly ever finds them, so that in practice it trains the marks of roles too.
/// - Reference: Shi et al., *Instruction Tuning With Loss Over Instructions*, 2405.14394, section 3;
///   Huerta-Enochian and Ko, 2401.13586, for the prompt-loss weight.
package enum LossMask: Sendable, Hashable {
    case response
    case all
    case boilerplate
    /// The weight of prompt tokens, from 0 to 1.
    case promptWeight(Double)

    /// Reads a mask as a study file spells it.
    /// - Throws: `DatasetError.unknownLossMask` for another word or a number outside 0 to 1.
    package init(parsing text: String) throws(DatasetError) {
        switch text {
        case "response": self = .response
        case "all": self = .all
        case "boilerplate": self = .boilerplate
        default:
            guard let weight = Double(text), (0...1).contains(weight) else {
                throw .unknownLossMask(text)
            }
            self = .promptWeight(weight)
        }
    }

    /// The weight in the loss of predicting a token with `role`.
    package func weight(of role: TextSpan.Role) -> Float {
        switch (self, role) {
        case (_, .response), (_, .mark): 1
        case (_, .template), (.response, _), (.boilerplate, .constant): 0
        case (.all, _), (.boilerplate, _): 1
        case (.promptWeight(let weight), _): Float(weight)
        }
    }
}

extension LossMask: CustomStringConvertible {
    /// The spelling that `init(parsing:)` reads.
    package var description: String {
        switch self {
        case .response: "response"
        case .all: "all"
        case .boilerplate: "boilerplate"
        case .promptWeight(let weight): "\(weight)"
        }
    }
}
