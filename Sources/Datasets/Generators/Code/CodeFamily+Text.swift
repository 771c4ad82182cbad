extension CodeFamily {
    /// A family on one text.
    private static func text(
        _ parts: @escaping @Sendable (inout CodeDraw, _ name: String) -> Parts<String>
    ) -> CodeFamily {
        CodeFamily { draw in
            let name = draw.textName()
            let parts = parts(&draw, name)
            let samples = draw.words(3)
            return parts.problem(&draw, name, samples: samples, literal: PythonValue.text)
        }
    }

    /// A family on one list of words.
    private static func words(
        _ parts: @escaping @Sendable (inout CodeDraw, _ name: String) -> Parts<[String]>
    ) -> CodeFamily {
        CodeFamily { draw in
            let name = draw.wordsName()
            let parts = parts(&draw, name)
            let samples = draw.wordLists()
            return parts.problem(&draw, name, samples: samples, literal: PythonValue.texts)
        }
    }

    static let onText: [CodeFamily] = [
        text { draw, name in
            let count = draw.count()
            return Parts("\(name) repeated \(count) times", "\(name) * \(count)") {
                .text(String(repeating: $0, count: count))
            }
        },
        text { draw, name in
            let count = draw.count()
            return Parts(
                "the first \(count) letters of \(name) as capitals", "\(name)[:\(count)].upper()"
            ) { .text($0.prefix(count).uppercased()) }
        },
        text { draw, name in
            let letter = draw.letter()
            return Parts(
                "how often the letter \(letter) occurs in \(name)", "\(name).count(\"\(letter)\")"
            ) { text in .integer(text.count { String($0) == letter }) }
        },
        text { draw, name in
            let old = draw.letter()
            let new = draw.random.pick(["x", "y", "z", "u", "w", "-", "_"])
            return Parts(
                "\(name) with every \(old) replaced by \(new)",
                "\(name).replace(\"\(old)\", \"\(new)\")"
            ) { .text($0.map { String($0) == old ? new : String($0) }.joined()) }
        },
        text { draw, name in
            let letter = draw.letter()
            return Parts(
                "\(name) without the letter \(letter)",
                "\"\".join(c for c in \(name) if c != \"\(letter)\")"
            ) { .text($0.filter { String($0) != letter }) }
        },
        text { draw, name in
            let signs = draw.random.pick([
                ("(", ")"), ("[", "]"), ("<", ">"), ("*", "*"), ("-", "-"), ("#", "#"), ("'", "'"),
                ("{", "}"), ("+", "+"), ("/", "/"),
            ])
            return Parts(
                "\(name) between \(signs.0) and \(signs.1)",
                "\"\(signs.0)\" + \(name) + \"\(signs.1)\""
            ) { .text(signs.0 + $0 + signs.1) }
        },
        text { draw, name in
            let test = draw.condition()
            return Parts(
                "True if the length of \(name) is \(test.words)", test.python("len(\(name))")
            ) { .truth(test.holds($0.utf8.count)) }
        },
    ]

    static let onWords: [CodeFamily] = [
        words { draw, name in
            let letter = draw.letter()
            return Parts(
                "the items of \(name) that start with \(letter)",
                "[w for w in \(name) if w.startswith(\"\(letter)\")]"
            ) { .texts($0.filter { $0.hasPrefix(letter) }) }
        },
        words { draw, name in
            let letter = draw.letter()
            return Parts(
                "the items of \(name) that end with \(letter)",
                "[w for w in \(name) if w.endswith(\"\(letter)\")]"
            ) { .texts($0.filter { $0.hasSuffix(letter) }) }
        },
        words { draw, name in
            let letter = draw.letter()
            return Parts(
                "how many items of \(name) contain the letter \(letter)",
                "sum(1 for w in \(name) if \"\(letter)\" in w)"
            ) { .integer($0.filter { $0.contains(letter) }.count) }
        },
        words { draw, name in
            let test = draw.condition()
            return Parts(
                "the items of \(name) with a length \(test.words)",
                "[w for w in \(name) if \(test.python("len(w)"))]"
            ) { .texts($0.filter { test.holds($0.utf8.count) }) }
        },
        words { draw, name in
            let sign = draw.random.pick(["-", ", ", "/", "+", " and ", ":", ".", " or ", "_", " "])
            return Parts("\(name) joined with \"\(sign)\"", "\"\(sign)\".join(\(name))") {
                .text($0.joined(separator: sign))
            }
        },
        words { draw, name in
            let count = draw.count()
            return Parts(
                "the first \(count) letters of each item of \(name)",
                "[w[:\(count)] for w in \(name)]"
            ) { .texts($0.map { String($0.prefix(count)) }) }
        },
        words { draw, name in
            let test = draw.condition()
            return Parts(
                "for each item of \(name) whether its length is \(test.words)",
                "{w: \(test.python("len(w)")) for w in \(name)}"
            ) { words in
                .dictionary(words.map { ($0, .truth(test.holds($0.utf8.count))) })
            }
        },
    ]
}
