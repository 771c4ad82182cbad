/// How far the newest command to a trajectory has come.
package struct CommandLife: Codable, Sendable, Equatable {
    package var command: RunCommand
    package var state: CommandState
    /// The trajectory's step when it came that far.
    package var step: Int

    package init(command: RunCommand, state: CommandState, step: Int) {
        self.command = command
        self.state = state
        self.step = step
    }
}
