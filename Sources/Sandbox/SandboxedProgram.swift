/// A program that a model wrote, and the tests that it has to pass.
///
/// It passes if the two, one after the other, run without an exception, as OpenAI's and Hugging
/// Face's runners decide it; but they run in two interpreters, so the program cannot get at what
/// judges it.
package struct SandboxedProgram: Sendable, Equatable {
    /// Python that defines what the tests use.
    package let source: String
    /// Python that fails where the program is wrong: asserts, or `test` with `check(name)` after it.
    package let tests: String

    package init(source: String, tests: String) {
        self.source = source
        self.tests = tests
    }
}
