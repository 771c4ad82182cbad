/// Cuts a template into text and tags, and the code of tags into words.
///
/// White space around tags is kept and cut as Jinja does it with `trim_blocks` and `lstrip_blocks`, the
/// settings of transformers: a line break after a statement or a comment is cut, and so are blanks
/// before one on a line of their own; `-` at a tag cuts all white space there, `+` keeps it. One line
/// break at the end of the template is cut.
///
/// Source: jinja2 3.1, `lexer.py`.
struct JinjaLexer {
    private var words: JinjaWordReader
    private var parts: [JinjaPart] = []
    private var text = String.UnicodeScalarView()
    private var startsLine = true

    /// The parts of a template.
    static func parts(of template: String) throws(JinjaError) -> [JinjaPart] {
        var lexer = JinjaLexer(template)
        return try lexer.read()
    }

    private init(_ template: String) {
        let lines = template.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        words = JinjaWordReader(lines.hasSuffix("\n") ? String(lines.dropLast()) : lines)
    }

    private mutating func read() throws(JinjaError) -> [JinjaPart] {
        while let scalar = words.next {
            let line = words.line
            if words.take("{#") {
                try readComment(line)
            } else if words.take("{%") {
                openTag(cutsIndent: true)
                add(.statement(try words.code(until: "%}", from: line)), line)
                closeTag("%}", cutsBreak: true)
            } else if words.take("{{") {
                openTag(cutsIndent: false)
                add(.output(try words.code(until: "}}", from: line)), line)
                closeTag("}}", cutsBreak: false)
            } else {
                text.append(scalar)
                words.advance()
            }
        }
        finishText()
        return parts
    }

    private mutating func readComment(_ line: Int) throws(JinjaError) {
        openTag(cutsIndent: true)
        while !words.stands("#}") {
            guard words.next != nil else {
                throw JinjaError("a comment is not closed", line: line)
            }
            if words.stands("-#}") || words.stands("+#}") { break }
            words.advance()
        }
        closeTag("#}", cutsBreak: true)
    }

    /// Decides what of the text before a tag stays.
    private mutating func openTag(cutsIndent: Bool) {
        if words.take("-") {
            while let last = text.last, JinjaText.isSpace(last) { text.removeLast() }
        } else if !words.take("+"), cutsIndent {
            let indent = text.reversed().prefix { $0 != "\n" && JinjaText.isSpace($0) }.count
            let before = text.dropLast(indent)
            if before.last == "\n" || before.isEmpty && startsLine {
                text = String.UnicodeScalarView(before)
            }
        }
        finishText()
    }

    /// Passes over what of the text after a tag does not stay.
    private mutating func closeTag(_ end: String, cutsBreak: Bool) {
        startsLine = false
        if words.take("-" + end) {
            while let next = words.next, JinjaText.isSpace(next) {
                startsLine = next == "\n"
                words.advance()
            }
        } else if !words.take("+" + end), words.take(end), cutsBreak {
            startsLine = words.take("\n")
        }
    }

    private mutating func finishText() {
        if !text.isEmpty { add(.text(String(text)), words.line) }
        text = String.UnicodeScalarView()
    }

    private mutating func add(_ content: JinjaPart.Content, _ line: Int) {
        parts.append(JinjaPart(content: content, line: line))
    }
}
