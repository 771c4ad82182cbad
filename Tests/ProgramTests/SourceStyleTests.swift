import Testing

/// What the formatter does not check.
@Suite struct SourceStyleTests {
    @Test("types, functions and static properties that other targets see are documented")
    func interfaceIsDocumented() throws {
        let files = try SourceFile.all(under: "Sources")
        let requirements = Self.protocolRequirements(in: files)
        for file in files {
            for (index, line) in file.lines.enumerated() where Self.needsDocumentation(line) {
                if let name = Self.functionName(line), requirements.contains(name) { continue }
                #expect(
                    Self.isDocumented(index, in: file.lines)
                        || Self.isTrivial(index, in: file.lines),
                    "\(file.path):\(index + 1): needs a /// comment: \(line)")
            }
        }
    }

    @Test("no file is over 600 lines")
    func filesAreShort() throws {
        for folder in ["Sources", "Tests"] {
            for file in try SourceFile.all(under: folder, extensions: ["swift", "c", "h"]) {
                #expect(
                    file.lines.count <= 600, "\(file.path):600: has \(file.lines.count) lines")
            }
        }
    }

    @Test(
        "declarations that need documentation",
        arguments: [
            ("package struct Shape {", true), ("    @inlinable package func sum() {", true),
            ("package static let limit = 3", true), ("public final class Tape {", true),
            ("package let rank: Int", false), ("package init(rank: Int) {", false),
            ("    func sum() {", false), ("package var description: String {", false),
            ("package static func == (a: Shape, b: Shape) -> Bool {", false),
        ])
    func recognisesDeclarations(line: String, expected: Bool) {
        #expect(Self.needsDocumentation(line[...]) == expected)
    }

    @Test("a comment counts across attributes, an empty one does not")
    func findsComments() {
        #expect(Self.isDocumented(2, in: ["/// Sums.", "@inlinable", "package func sum() {"]))
        #expect(!Self.isDocumented(1, in: ["///", "package func sum() {"]))
        #expect(!Self.isDocumented(1, in: ["}", "package func sum() {"]))
    }

    private static let modifiers: Set<Substring> = [
        "final", "static", "mutating", "indirect", "nonisolated", "consuming", "borrowing",
        "private(set)", "class", "override", "isolated", "lazy",
    ]
    private static let types: Set<Substring> = [
        "class", "struct", "enum", "protocol", "actor", "typealias", "macro",
    ]

    /// Whether a line declares a type, a function or a static property for other targets; those
    /// that only store or start an instance explain themselves.
    private static func needsDocumentation(_ line: Substring) -> Bool {
        let words = line.split(separator: " ")
        guard let access = words.firstIndex(where: { $0 == "package" || $0 == "public" }),
            words[..<access].allSatisfy({ $0.hasPrefix("@") })
        else { return false }
        let rest = words[(access + 1)...]
        guard let keyword = rest.firstIndex(where: { !modifiers.contains($0) }) else {
            return false
        }
        if types.contains(words[keyword]) || types.contains(words[keyword - 1]) { return true }
        if words[keyword] == "func" { return functionName(line) != nil }
        return rest.contains("static") && ["let", "var"].contains(words[keyword])
    }

    /// The name of a function, unless it is an operator.
    private static func functionName(_ line: Substring) -> Substring? {
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "func"), keyword + 1 < words.count else {
            return nil
        }
        let name = words[keyword + 1].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return name.isEmpty ? nil : name
    }

    /// The functions that protocols, ours and the standard library's, ask for: they are documented
    /// there.
    private static func protocolRequirements(in files: [SourceFile]) -> Set<Substring> {
        var names: Set<Substring> = ["encode", "hash", "next"]
        for file in files {
            var isInProtocol = false
            for line in file.lines {
                if line.hasPrefix("}") { isInProtocol = false }
                if line.hasPrefix("package protocol ") { isInProtocol = true }
                if isInProtocol, let name = functionName(line) { names.insert(name) }
            }
        }
        return names
    }

    private static func isDocumented(_ index: Int, in lines: [Substring]) -> Bool {
        let before = lines[..<index].reversed().map { $0.drop { $0 == " " } }
        let comment = before.first { !$0.hasPrefix("@") } ?? ""
        let text = comment.hasPrefix("///") ? comment.dropFirst(3) : ""
        return text.contains { $0.isLetter }
    }

    /// Whether the line says it all: a constant, a type or a function of one line.
    private static func isTrivial(_ index: Int, in lines: [Substring]) -> Bool {
        let line = lines[index]
        guard line.hasSuffix("{") else { return functionName(line) == nil || line.hasSuffix("}") }
        let end = line.prefix { $0 == " " } + "}"
        return functionName(line) != nil && index + 2 < lines.count && lines[index + 2] == end
    }
}
