/// The stored form of an event: an object whose `type` names the case, beside the case's values.
///
/// `{"type": "armChanged", "arm": "full", "state": "training", "step": 20}`; where a case carries
/// one value, that stands under the value's own name (`{"type": "observed", "observation": {...}}`).
extension RunEvent: Codable {
    private enum Kind: String, Codable {
        case started, observed, items, scored, armChanged, progress, command, checkpointSaved,
            notice, resumed
        case finished
    }

    private enum Key: String, CodingKey {
        case type, run, observation, items, scores, arm, state, step, progress, request, path,
            bytes, notice, arms
        case outcome
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        switch try values.decode(Kind.self, forKey: .type) {
        case .started: self = .started(try values.decode(RunIdentity.self, forKey: .run))
        case .observed: self = .observed(try values.decode(Observation.self, forKey: .observation))
        case .items: self = .items(try values.decode(ItemSet.self, forKey: .items))
        case .scored: self = .scored(try values.decode(ItemScores.self, forKey: .scores))
        case .armChanged:
            self = .armChanged(
                arm: try values.decode(String.self, forKey: .arm),
                state: try values.decode(ArmState.self, forKey: .state),
                step: try values.decode(Int.self, forKey: .step))
        case .progress: self = .progress(try values.decode(Progress.self, forKey: .progress))
        case .command:
            self = .command(
                try values.decode(CommandRequest.self, forKey: .request),
                state: try values.decode(CommandState.self, forKey: .state),
                step: try values.decode(Int.self, forKey: .step))
        case .checkpointSaved:
            self = .checkpointSaved(
                arm: try values.decode(String.self, forKey: .arm),
                step: try values.decode(Int.self, forKey: .step),
                path: try values.decode(String.self, forKey: .path),
                bytes: try values.decode(Int.self, forKey: .bytes))
        case .notice: self = .notice(try values.decode(Notice.self, forKey: .notice))
        case .resumed: self = .resumed(arms: try values.decode([String: Int].self, forKey: .arms))
        case .finished: self = .finished(try values.decode(RunOutcome.self, forKey: .outcome))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(kind, forKey: .type)
        switch self {
        case .started(let run): try values.encode(run, forKey: .run)
        case .observed(let observation): try values.encode(observation, forKey: .observation)
        case .items(let set): try values.encode(set, forKey: .items)
        case .scored(let scores): try values.encode(scores, forKey: .scores)
        case .armChanged(let arm, let state, let step):
            try values.encode(arm, forKey: .arm)
            try values.encode(state, forKey: .state)
            try values.encode(step, forKey: .step)
        case .progress(let progress): try values.encode(progress, forKey: .progress)
        case .command(let request, let state, let step):
            try values.encode(request, forKey: .request)
            try values.encode(state, forKey: .state)
            try values.encode(step, forKey: .step)
        case .checkpointSaved(let arm, let step, let path, let bytes):
            try values.encode(arm, forKey: .arm)
            try values.encode(step, forKey: .step)
            try values.encode(path, forKey: .path)
            try values.encode(bytes, forKey: .bytes)
        case .notice(let notice): try values.encode(notice, forKey: .notice)
        case .resumed(let arms): try values.encode(arms, forKey: .arms)
        case .finished(let outcome): try values.encode(outcome, forKey: .outcome)
        }
    }

    private var kind: Kind {
        switch self {
        case .started: .started
        case .observed: .observed
        case .items: .items
        case .scored: .scored
        case .armChanged: .armChanged
        case .progress: .progress
        case .command: .command
        case .checkpointSaved: .checkpointSaved
        case .notice: .notice
        case .resumed: .resumed
        case .finished: .finished
        }
    }
}

/// The stored form: `{"type": "completed"}`, with `arm` or `description` where there is one.
extension RunOutcome: Codable {
    private enum Kind: String, Codable { case completed, interrupted, diverged, failed }
    private enum Key: String, CodingKey { case type, arm, description }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        switch try values.decode(Kind.self, forKey: .type) {
        case .completed: self = .completed
        case .interrupted: self = .interrupted
        case .diverged: self = .diverged(arm: try values.decode(String.self, forKey: .arm))
        case .failed:
            self = .failed(description: try values.decode(String.self, forKey: .description))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        switch self {
        case .completed: try values.encode(Kind.completed, forKey: .type)
        case .interrupted: try values.encode(Kind.interrupted, forKey: .type)
        case .diverged(let arm):
            try values.encode(Kind.diverged, forKey: .type)
            try values.encode(arm, forKey: .arm)
        case .failed(let description):
            try values.encode(Kind.failed, forKey: .type)
            try values.encode(description, forKey: .description)
        }
    }
}
