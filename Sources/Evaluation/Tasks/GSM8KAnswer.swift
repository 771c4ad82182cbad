/// Finds and compares the number that a worked solution ends with.
///
/// A gold solution of GSM8K ends in `#### 18`.
/// - Reference: Cobbe et al., *Training Verifiers to Solve Math Word Problems*, 2110.14168;
///   lm-evaluation-harness 0.4, task `gsm8k`, for both extractions and the comparison.
package enum GSM8KAnswer: Sendable, CaseIterable {
    /// The first number after `#### `.
    case strict
    /// The last number anywhere.
    case flexible

    /// What stands for an answer that cannot be found.
    package static let notFound = "[invalid]"

    /// The answer in `completion`, as written there.
    package func extract(from completion: String) -> String {
        switch self {
        case .strict:
            let pattern = #/#### (-?[0-9.,]+)/#.matchingSemantics(.unicodeScalar)
            return completion.firstMatch(of: pattern).map { String($0.1) } ?? Self.notFound
        case .flexible:
            let pattern = #/-?[$0-9.,]{2,}|-?[0-9]+/#.matchingSemantics(.unicodeScalar)
            return completion.matches(of: pattern).last.map { String($0.0) } ?? Self.notFound
        }
    }

    /// Whether the answer in `completion` equals that of `reference`, a gold solution.
    package func isRight(_ completion: String, reference: String) -> Bool {
        Self.normalised(extract(from: completion)) == Self.normalised(reference)
    }

    /// The text that is compared: no commas, no dollar signs, nothing up to the last `#### `, no
    /// full stop at the end, lower case.
    package static func normalised(_ text: String) -> String {
        var scalars = text.unicodeScalars
        scalars.removeAll { $0 == "," || $0 == "$" }
        if let mark = scalars.ranges(of: "#### ".unicodeScalars).last {
            scalars = String.UnicodeScalarView(scalars[mark.upperBound...])
        }
        let end = scalars.last == "\n" ? scalars.dropLast() : scalars[...]
        if end.last == "." {
            scalars.remove(at: scalars.index(before: end.endIndex))
        }
        return String(scalars).lowercased()
    }
}
