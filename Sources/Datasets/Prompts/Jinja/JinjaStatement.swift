/// A part of a template that is carried out.
struct JinjaNode: Sendable {
    let content: JinjaStatement
    /// Where it starts, from 1.
    let line: Int
}

/// What a part of a template does.
indirect enum JinjaStatement: Sendable {
    case text(JinjaText)
    case output(JinjaExpression)
    case branches([Branch], otherwise: [JinjaNode])
    case loop(Loop)
    case assign(Target, JinjaExpression)
    /// `{% set name %}...{% endset %}`
    case capture(String, [JinjaNode])
    case macro(Macro)
    case leaveLoop
    case nextRound
    /// Nodes without a scope of their own, such as those of `{% generation %}`.
    case group([JinjaNode])

    struct Branch: Sendable {
        let condition: JinjaExpression
        let body: [JinjaNode]
    }

    struct Loop: Sendable {
        let names: [String]
        let list: JinjaExpression
        let condition: JinjaExpression?
        let body: [JinjaNode]
        let otherwise: [JinjaNode]
    }

    /// What a value is assigned to.
    enum Target: Sendable {
        case names([String])
        case attribute(of: String, String)
    }

    struct Macro: Sendable {
        struct Parameter: Sendable {
            let name: String
            let fallback: JinjaExpression?
        }

        let name: String
        let parameters: [Parameter]
        let body: [JinjaNode]
    }
}
