import Testing

/// All tests that run programs, one after another: some look at what is left on the machine.
@Suite(.serialized) enum SandboxSuite {}
