import Datasets
import Foundation
import Platform

/// An example's text with what its tokens weigh in the loss made visible.
struct MarkedText {
    /// How weights are shown.
    enum Style {
        /// Attributes of a terminal: dim for no loss, underlined for a part of it.
        case attributes
        /// Brackets that hardly any text holds: `⟦no loss⟧`, `⟪0.3 a part of it⟫`.
        case brackets

        /// What standard output can show.
        static var ofStandardOutput: Style {
            let type = ProcessInfo.processInfo.environment["TERM"] ?? ""
            let hasAttributes = StandardOutput.isTerminal && !["", "dumb"].contains(type)
            return hasAttributes ? .attributes : .brackets
        }
    }

    let style: Style

    /// The tokens' texts one after another, neighbours of equal weight under one mark.
    func text(of tokens: [WeightedText]) -> String {
        var (text, run, weight) = ("", "", tokens.first?.weight ?? 0)
        for token in tokens {
            if token.weight != weight {
                text += marked(WeightedText(text: run, weight: weight))
                (run, weight) = ("", token.weight)
            }
            run += token.text
        }
        return run.isEmpty ? text : text + marked(WeightedText(text: run, weight: weight))
    }

    /// What the attributes mean; nil where the brackets say it themselves.
    func legend(of mask: LossMask) -> String? {
        guard style == .attributes else { return nil }
        let weights = Set([0, mask.weight(of: .instruction), 1]).sorted()
        return weights.map { weight in
            let meaning = weight == 0 ? "no loss" : weight == 1 ? "loss" : "loss times \(weight)"
            return marked(WeightedText(text: meaning, weight: weight))
        }.joined(separator: ", ")
    }

    private func marked(_ run: WeightedText) -> String {
        switch (style, run.weight) {
        case (.attributes, 0): "\u{1B}[2m\(run.text.visible)\u{1B}[0m"
        case (.attributes, 1): run.text.visible
        case (.attributes, _): "\u{1B}[4m\(run.text.visible)\u{1B}[0m"
        case (.brackets, 0): "⟦\(run.text)⟧"
        case (.brackets, 1): run.text
        case (.brackets, let weight): "⟪\(weight) \(run.text)⟫"
        }
    }
}
