/// The stored form: `{"type": "pause"}`, with `learningRate` where one is set.
extension RunCommand: Codable {
    private enum Kind: String, Codable {
        case pause, resume, stop, checkpoint, evaluate, setLearningRate, quit
    }

    private enum Key: String, CodingKey { case type, learningRate }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        switch try values.decode(Kind.self, forKey: .type) {
        case .pause: self = .pause
        case .resume: self = .resume
        case .stop: self = .stop
        case .checkpoint: self = .checkpoint
        case .evaluate: self = .evaluate
        case .setLearningRate:
            self = .setLearningRate(try values.decode(Double.self, forKey: .learningRate))
        case .quit: self = .quit
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(kind, forKey: .type)
        if case .setLearningRate(let rate) = self { try values.encode(rate, forKey: .learningRate) }
    }

    private var kind: Kind {
        switch self {
        case .pause: .pause
        case .resume: .resume
        case .stop: .stop
        case .checkpoint: .checkpoint
        case .evaluate: .evaluate
        case .setLearningRate: .setLearningRate
        case .quit: .quit
        }
    }
}

/// The stored form: `{"type": "asked"}`, with `reason` where a command was refused.
extension CommandState: Codable {
    private enum Kind: String, Codable { case asked, applied, refused }
    private enum Key: String, CodingKey { case type, reason }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        switch try values.decode(Kind.self, forKey: .type) {
        case .asked: self = .asked
        case .applied: self = .applied
        case .refused: self = .refused(reason: try values.decode(String.self, forKey: .reason))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        switch self {
        case .asked: try values.encode(Kind.asked, forKey: .type)
        case .applied: try values.encode(Kind.applied, forKey: .type)
        case .refused(let reason):
            try values.encode(Kind.refused, forKey: .type)
            try values.encode(reason, forKey: .reason)
        }
    }
}
