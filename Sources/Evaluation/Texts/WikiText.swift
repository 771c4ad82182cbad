/// The published form of WikiText: articles line after line, words and marks apart from each other.
///
/// Headings are lines such as ` = Title = ` and ` = = Section = = `; each article begins with one of
/// the first kind. All of it works on code points, as Python does.
/// - Reference: Merity et al. 2017, *Pointer Sentinel Mixture Models*, arXiv 1609.07843. Articles as
///   in the data set `EleutherAI/wikitext_document_level`, text as in lm-evaluation-harness 0.4.13,
///   task `wikitext`.
enum WikiText {
    /// The articles of a whole file, each with its heading; blank lines before the first are no article.
    ///
    /// A text without such a heading is one article.
    static func articles(_ text: String) -> [String] {
        var articles: [String] = []
        var lines: [Substring.UnicodeScalarView] = []
        func end() {
            let article = lines.map { String($0) }.joined(separator: "\n")
            if !article.unicodeScalars.allSatisfy(isSpace) { articles.append(article) }
            lines = []
        }
        for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            if isTitle(line) { end() }
            lines.append(line)
        }
        end()
        return articles
    }

    private static func isTitle(_ line: Substring.UnicodeScalarView) -> Bool {
        var text = SeparatedText(line)
        text.replace("= = =", "===")
        text.replace("= =", "==")
        let rest = text.scalars.drop(while: isSpace)
        guard let last = rest.lastIndex(where: { !isSpace($0) }) else { return false }
        let title = rest[...last]
        return title.starts(with: "= ".unicodeScalars)
            && title.suffix(2).elementsEqual(" =".unicodeScalars)
    }

    /// How many words and marks a text has: the pieces between its spaces, an empty one before or after
    /// them included, as Python's `re.split` gives them.
    static func wordCount(_ text: String) -> Int {
        var (count, isInSpace) = (1, false)
        for scalar in text.unicodeScalars {
            if isSpace(scalar) && !isInSpace { count += 1 }
            isInSpace = isSpace(scalar)
        }
        return count
    }

    /// The text as it was written, as far as it can be told, with the marks that belong to words at them.
    ///
    /// What the harness's rules do to other texts they do here: a number ` N ` becomes ` 1 `.
    static func joined(_ page: String) -> String {
        var text = SeparatedText(page.unicodeScalars)
        text.replace("s '", "s'")
        // The harness puts its own pattern there, not the digit that it found.
        text.replace("/' ", "0"..."9", "/", with: "/'[0-9]/")
        for mark in ["-", ",", "."] { text.replace(" @\(mark)@ ", mark) }
        for mark in [":", ";", ".", "!", "?", ","] { text.replace(" \(mark) ", "\(mark) ") }
        text.tighten("(", ")")
        text.tighten("[", "]")
        text.tighten("{", "}")
        text.tighten("\"", "\"")
        text.tighten("'", "'")
        text.replace("= = = =", "====")
        text.replace("= = =", "===")
        text.replace("= =", "==")
        text.replace(" \u{B0} ", "\u{B0}")
        text.replace(" \n", "\n")
        text.replace("\n ", "\n")
        text.replace(" N ", " 1 ")
        text.replace(" 's", "'s")
        return text.string
    }

    /// Python's `str.isspace`.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }
}

/// A text in which marks are joined to words.
private struct SeparatedText {
    private(set) var scalars: [Unicode.Scalar]

    init(_ scalars: some Sequence<Unicode.Scalar>) { self.scalars = Array(scalars) }

    var string: String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// Python's `str.replace`: every place from the left, none of which overlap.
    mutating func replace(_ old: String, _ new: String) {
        replace(old.unicodeScalars.map { $0...$0 }, new)
    }

    /// The same of places with any scalar of a range between two texts.
    mutating func replace(
        _ before: String, _ range: ClosedRange<Unicode.Scalar>, _ after: String, with new: String
    ) {
        replace(
            before.unicodeScalars.map { $0...$0 } + [range] + after.unicodeScalars.map { $0...$0 },
            new)
    }

    private mutating func replace(_ old: [ClosedRange<Unicode.Scalar>], _ new: String) {
        let new = Array(new.unicodeScalars)
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        var index = 0
        while index < scalars.count {
            if old[0].contains(scalars[index]), holds(old, at: index) {
                result += new
                index += old.count
            } else {
                result.append(scalars[index])
                index += 1
            }
        }
        scalars = result
    }

    private func holds(_ pattern: [ClosedRange<Unicode.Scalar>], at index: Int) -> Bool {
        index + pattern.count <= scalars.count
            && pattern.indices.allSatisfy { pattern[$0].contains(scalars[index + $0]) }
    }

    /// Takes the spaces away behind each opening mark and before the first closing one after it.
    mutating func tighten(_ open: Unicode.Scalar, _ close: Unicode.Scalar) {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        var rest = scalars[...]
        while let start = rest.firstIndex(of: open),
            let end = rest[(start + 1)...].firstIndex(of: close)
        {
            let inner = rest[(start + 1)..<end].drop(while: WikiText.isSpace)
            let last = inner.lastIndex { !WikiText.isSpace($0) }
            result += rest[...start]
            if let last { result += inner[...last] }
            result.append(close)
            rest = rest[(end + 1)...]
        }
        scalars = result + rest
    }
}
