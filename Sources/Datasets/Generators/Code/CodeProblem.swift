/// A Python function: what it returns, its one canonical solution and calls with their results.
struct CodeProblem: Sendable {
    let name: String
    let parameters: String
    /// Completes "a function that returns ...".
    let returns: String
    /// Lines without the first level of indentation.
    let body: [String]
    let cases: [(arguments: String, result: String)]

    /// The function as source text, without a newline at its end.
    func source(withDocstring: Bool) -> String {
        let documentation = withDocstring ? ["\"\"\"Return \(returns).\"\"\""] : []
        return (["def \(name)(\(parameters)):"] + (documentation + body).map { "    " + $0 })
            .joined(separator: "\n")
    }

    /// What makes the problem itself, whatever the function is called.
    var content: String { "\(parameters): \(returns)" }

    /// Whether the problem belongs to the evaluation files and never to the training files.
    var isEvaluated: Bool { stableHash(content) % 8 == 0 }

    /// Statements that hold for the solution.
    var tests: [String] { cases.map { "assert \(name)(\($0.arguments)) == \($0.result)" } }
}

/// Problems that differ in their parts only.
struct CodeFamily: Sendable {
    let make: @Sendable (inout CodeDraw) -> CodeProblem

    static let all: [CodeFamily] =
        onLists + onSlices + onText + onWords + onDictionaries + withLoops + onNumbers

    /// What a family says about a function of one parameter.
    struct Parts<Input> {
        let returns: String
        let body: [String]
        let result: (Input) -> PythonValue

        init(_ returns: String, _ python: String, _ result: @escaping (Input) -> PythonValue) {
            self.init(returns, body: ["return " + python], result)
        }

        init(_ returns: String, body: [String], _ result: @escaping (Input) -> PythonValue) {
            self.returns = returns
            self.body = body
            self.result = result
        }

        /// The whole problem, with a test for each sample.
        func problem(
            _ draw: inout CodeDraw, _ parameter: String, samples: [Input],
            literal: (Input) -> PythonValue
        ) -> CodeProblem {
            CodeProblem(
                name: draw.name(), parameters: parameter, returns: returns, body: body,
                cases: samples.map { (literal($0).literal, result($0).literal) })
        }
    }
}
