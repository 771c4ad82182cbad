/// What became of a program that was tested.
package enum ProgramVerdict: String, CaseIterable, Sendable, Codable {
    case pass
    /// An assertion of the tests failed.
    case wrong
    /// The program or the tests raised something else, it is no Python, or it ended by itself.
    case exception
    /// It did not end in time.
    case timeout
    /// It took more memory than it may.
    case memory
    /// It wrote more than is read of it.
    case outputLimit = "output_limit"
    /// It was not run.
    case refused
}

/// A program's verdict, and what led to it.
package struct JudgedProgram: Sendable, Equatable {
    package let verdict: ProgramVerdict
    /// What was raised, or the assertion that failed, in one line; empty for a program that passes.
    package let reason: String
    /// How long program and tests ran.
    package let seconds: Double

    package init(_ verdict: ProgramVerdict, _ reason: String = "", seconds: Double = 0) {
        self.verdict = verdict
        self.reason = reason
        self.seconds = seconds
    }
}
