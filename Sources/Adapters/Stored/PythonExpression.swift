/// Rewrites expressions of Python's `re` for ICU.
///
/// Both write nearly all alike. They differ in named groups, in sets (ICU's can hold others) and in
/// letters behind a backslash.
///
/// Source: Python 3.13, `re`; ICU, regular expressions.
struct PythonExpression {
    private var rest: Substring
    private var result = ""
    /// The part of a set that was written; nil outside of sets.
    private var set: String?

    /// The expression in ICU's syntax; nil if something in it is not known there.
    static func inICU(_ text: String) -> String? {
        var rewriting = PythonExpression(rest: text[...])
        while let next = rewriting.rest.popFirst() {
            guard rewriting.take(next) else { return nil }
        }
        return rewriting.set == nil ? rewriting.result : nil
    }

    private init(rest: Substring) { self.rest = rest }

    private mutating func take(_ next: Character) -> Bool {
        if next == "\\" { return takeEscape() }
        if set != nil {
            takeInSet(next)
        } else if next == "[" {
            openSet()
        } else if next == "(" {
            openGroup()
        } else if next == "{", rest.first == "," {
            result += "{0"
        } else {
            result.append(next)
        }
        return true
    }

    private mutating func write(_ text: String) {
        result += text
        set? += text
    }

    private mutating func takeEscape() -> Bool {
        guard let escaped = rest.popFirst() else { return false }
        if escaped == "Z", set == nil {
            result += "\\z"
        } else {
            // What Python does not know is an error there.
            let isLetter = escaped.isASCII && escaped.isLetter
            guard !isLetter || Self.escapes.contains(escaped) else { return false }
            write("\\\(escaped)")
        }
        return true
    }

    /// The letters that mean the same to both.
    private static let escapes = Set("AbBdDsSwWafnrtxu")

    private mutating func openSet() {
        result += "["
        set = ""
        if rest.first == "^" {
            rest.removeFirst()
            result += "^"
        }
        // Right behind the bracket it stands for itself.
        if rest.first == "]" {
            rest.removeFirst()
            write("\\]")
        }
    }

    private mutating func takeInSet(_ next: Character) {
        switch next {
        case "]":
            result += "]"
            set = nil
        case "[", "&", "{", "}", "$": write("\\\(next)")
        case "-" where set?.last == "-": write("\\-")
        default: write(String(next))
        }
    }

    private mutating func openGroup() {
        if rest.hasPrefix("?P<") {
            rest.removeFirst(3)
            result += "(?<"
        } else if rest.hasPrefix("?P="), let end = rest.firstIndex(of: ")") {
            result += "\\k<\(rest[rest.startIndex..<end].dropFirst(3))>"
            rest = rest[rest.index(after: end)...]
        } else {
            result += "("
        }
    }
}
