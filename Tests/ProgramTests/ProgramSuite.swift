import Testing

/// The tests that start the program itself, one at a time: they share two cores with it.
@Suite(.serialized) struct ProgramSuite {}
