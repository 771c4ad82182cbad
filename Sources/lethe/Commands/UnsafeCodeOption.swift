import ArgumentParser

/// The only way around the sandbox.
struct UnsafeCodeOption: ParsableArguments {
    @Flag(
        help: """
            Run programs that a model writes without a sandbox, as processes of yours that may read \
            and write all that you may.
            """)
    var unsafeRunCode = false

    /// Where programs are run.
    var place: ProgramPlace { ProgramPlace(isUnsafe: unsafeRunCode) }
}
