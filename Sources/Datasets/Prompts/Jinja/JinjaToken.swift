/// A word of the code in a template's tags.
enum JinjaToken: Sendable, Equatable {
    case name(String)
    case text(String)
    case integer(Int)
    case number(Double)
    /// An operator or a bracket.
    case symbol(String)

    /// As errors quote it.
    var quoted: String {
        switch self {
        case .name(let name): "'\(name)'"
        case .text(let text): "the text '\(text.prefix(20))'"
        case .integer(let number): "'\(number)'"
        case .number(let number): "'\(number)'"
        case .symbol(let symbol): "'\(symbol)'"
        }
    }
}

/// A template cut into text and tags.
struct JinjaPart: Sendable {
    enum Content: Sendable {
        case text(String)
        /// `{{ ... }}`
        case output([JinjaToken])
        /// `{% ... %}`
        case statement([JinjaToken])
    }

    let content: Content
    /// Where it starts, from 1.
    let line: Int
}
