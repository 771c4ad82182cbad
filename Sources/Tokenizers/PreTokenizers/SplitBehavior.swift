/// What becomes of the parts of a piece that a pattern matches.
///
/// Source: huggingface/tokenizers 0.23, `NormalizedString::split`.
enum SplitBehavior: String {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"

    /// The option `behavior` of a declaration; nil if there is none.
    init?(_ declaration: Declaration) throws(TokenizerError) {
        guard let name = try declaration.text("behavior") else { return nil }
        guard let behavior = Self(rawValue: name) else {
            throw .unsupported(
                component: "option", found: "\(declaration.at("behavior")) \(name)",
                supported: "Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous")
        }
        self = behavior
    }

    /// A stretch of text, and whether the pattern matched it.
    typealias Stretch = (range: Range<Int>, isMatch: Bool)

    /// Tells the parts of `piece`, of which `matches` are matched; some may be empty.
    func cut(
        _ piece: Range<Int>, _ matches: [Range<Int>], inverted: Bool, _ add: (Range<Int>) -> Void
    ) {
        let stretches = Self.stretches(piece, matches, inverted: inverted)
        switch self {
        case .isolated: for stretch in stretches { add(stretch.range) }
        case .removed: for stretch in stretches where !stretch.isMatch { add(stretch.range) }
        case .contiguous: for range in Self.joined(stretches) { add(range) }
        case .mergedWithPrevious: for range in Self.merged(stretches) { add(range) }
        case .mergedWithNext:
            for range in Self.merged(stretches.reversed()).reversed() { add(range) }
        }
    }

    private static func stretches(
        _ piece: Range<Int>, _ matches: [Range<Int>], inverted: Bool
    ) -> [Stretch] {
        var stretches: [Stretch] = []
        stretches.reserveCapacity(matches.count + 1)
        var end = piece.lowerBound
        for match in matches {
            if end < match.lowerBound { stretches.append((end..<match.lowerBound, inverted)) }
            stretches.append((match, !inverted))
            end = match.upperBound
        }
        if end < piece.upperBound { stretches.append((end..<piece.upperBound, inverted)) }
        return stretches
    }

    /// Neighbours of the same kind become one.
    private static func joined(_ stretches: [Stretch]) -> [Range<Int>] {
        var result: [Stretch] = []
        for stretch in stretches {
            if let last = result.last, last.isMatch == stretch.isMatch {
                result[result.count - 1].range = last.range.lowerBound..<stretch.range.upperBound
            } else {
                result.append(stretch)
            }
        }
        return result.map(\.range)
    }

    /// A match joins what comes before it in this order, unless that is a match, too.
    private static func merged(_ stretches: [Stretch]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var followsMatch = false
        for (range, isMatch) in stretches {
            if isMatch, !followsMatch, let last = result.last {
                result[result.count - 1] =
                    min(last.lowerBound, range.lowerBound)..<max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
            followsMatch = isMatch
        }
        return result
    }
}
