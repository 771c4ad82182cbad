/// Gathers what is wrong with a file of settings, so that all of it is told at once.
package final class SettingsReport {
    package let file: String
    package private(set) var problems: [SettingsProblem] = []

    package init(file: String) { self.file = file }

    /// Adds problems that somebody else found.
    package func add(_ more: [SettingsProblem]) { problems += more }

    /// Adds one: what is wrong with the key at `path`.
    package func add(_ text: String, path: String, origin: SettingsOrigin?) {
        problems.append(SettingsProblem(file: file, origin: origin, path: path, text: text))
    }
}

extension [SettingsProblem] {
    /// By line, those of options first.
    package var inOrder: [SettingsProblem] {
        func line(_ problem: SettingsProblem) -> Int {
            if case .line(let line) = problem.origin { line } else { 0 }
        }
        return enumerated().sorted { left, right in
            (line(left.element), left.offset) < (line(right.element), right.offset)
        }.map(\.element)
    }
}

/// The word of `words` that was probably meant, or nil if none is near.
package func nearest(to word: String, among words: some Sequence<String>) -> String? {
    let limit = max(1, min(3, word.count / 2))
    let near = words.map { ($0, editDistance(word, $0)) }.filter { $0.1 <= limit }
    return near.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
}

/// Insertions, deletions and replacements that turn one word into the other (Levenshtein 1966).
private func editDistance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (index, character) in left.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for column in right.indices {
            let replaced = diagonal + (right[column] == character ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
        }
    }
    return row[right.count]
}
