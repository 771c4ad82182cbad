/// An expression of a template.
///
/// What follows one another without nesting (`a + b + c`, `a.b.c`) is one list, so that the depth of an
/// expression is that of its brackets.
indirect enum JinjaExpression: Sendable {
    case none
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(JinjaText)
    case name(String)
    /// A list or a tuple.
    case list([JinjaExpression])
    case mapping([Entry])
    case not(JinjaExpression)
    case minus(JinjaExpression)
    case all([JinjaExpression])
    case any([JinjaExpression])
    /// `a < b <= c`
    case comparison(JinjaExpression, [Operation])
    /// `a + b - c`, of operators that bind equally.
    case calculation(JinjaExpression, [Operation])
    case suffixed(JinjaExpression, [Suffix])
    /// `a if condition else b`
    case choice(JinjaExpression, if: JinjaExpression, else: JinjaExpression?)

    struct Entry: Sendable {
        let key: JinjaExpression
        let value: JinjaExpression
    }

    /// An operator with what stands to its right.
    struct Operation: Sendable {
        let symbol: String
        let operand: JinjaExpression
    }

    struct Arguments: Sendable {
        var positional: [JinjaExpression] = []
        var named: [Named] = []

        struct Named: Sendable {
            let name: String
            let value: JinjaExpression
        }
    }

    /// What can follow a value.
    enum Suffix: Sendable {
        case attribute(String)
        case item(JinjaExpression)
        case slice(from: JinjaExpression?, to: JinjaExpression?, step: JinjaExpression?)
        case call(Arguments)
        case filter(String, Arguments)
        case test(String, Arguments, isNegated: Bool)
    }
}
