import RunEvents

extension CommandState {
    var isRefused: Bool {
        if case .refused = self { true } else { false }
    }
}

extension CommandLife {
    /// The command without its step: `pausing` once asked, `paused` once applied.
    var word: String {
        switch state {
        case .asked: command.pendingWord
        case .applied: command.doneWord
        case .refused: "\(command.phrase) refused"
        }
    }

    /// What needs a look first has the lowest.
    var rank: Int {
        switch state {
        case .asked: 0
        case .refused: 1
        case .applied: 2
        }
    }

    /// `pausing @12` once asked, `paused @13` once applied, `pause refused: why`.
    var text: String {
        switch state {
        case .asked, .applied: "\(word) @\(step)"
        case .refused(let reason): "\(command.phrase) refused: \(reason)"
        }
    }
}

extension RunCommand {
    /// The command in words.
    var phrase: String {
        switch self {
        case .pause: "pause"
        case .resume: "resume"
        case .stop: "stop"
        case .checkpoint: "checkpoint"
        case .evaluate: "evaluation"
        case .setLearningRate(let rate): "learning rate \(NumberText.exactRate(rate))"
        case .quit: "end of the run"
        }
    }

    /// A word for a command that is asked, which fits a narrow column.
    fileprivate var pendingWord: String {
        switch self {
        case .pause: "pausing"
        case .resume: "resuming"
        case .stop: "stopping"
        case .checkpoint: "saving"
        case .evaluate: "scoring"
        case .setLearningRate(let rate): "lr to \(NumberText.exactRate(rate))"
        case .quit: "ending"
        }
    }

    /// A word for a command that is applied.
    fileprivate var doneWord: String {
        switch self {
        case .pause: "paused"
        case .resume: "resumed"
        case .stop: "stopped"
        case .checkpoint: "saved"
        case .evaluate: "scored"
        case .setLearningRate(let rate): "lr \(NumberText.exactRate(rate))"
        case .quit: "ended"
        }
    }

    /// What has to be done to have the effect no more, for a message.
    var remedy: String? {
        switch self {
        case .pause: "P resumes it"
        case .resume: "P pauses it"
        case .setLearningRate: "L changes it again"
        case .stop, .checkpoint, .evaluate, .quit: nil
        }
    }
}
