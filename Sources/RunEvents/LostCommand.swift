/// A part of a command's life that an interruption took back, so that it has to come again.
package struct LostCommand: Sendable, Equatable {
    /// Which part.
    package enum Part: String, Codable, Sendable {
        /// That the command was asked has to be told.
        case asked
        /// The command has to be applied or refused, and that told.
        case taken
        /// The command has to take effect; all has been told.
        case effect
    }

    package var request: CommandRequest
    package var part: Part
    /// When it came in the interrupted run.
    package var moment: RunMoment

    package init(_ request: CommandRequest, _ part: Part, at moment: RunMoment) {
        self.request = request
        self.part = part
        self.moment = moment
    }
}

/// The stored form: `{"request": {...}, "part": "asked", "moment": {"steps": 40, "events": 2}}`.
///
/// Runs of the first versions have `position`, the steps at which the command was asked, instead of
/// part and moment.
extension LostCommand: Codable {
    private enum Key: String, CodingKey { case request, part, moment, position }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        request = try values.decode(CommandRequest.self, forKey: .request)
        if let position = try values.decodeIfPresent(Int.self, forKey: .position) {
            part = .asked
            moment = RunMoment(steps: position, events: 0)
        } else {
            part = try values.decode(Part.self, forKey: .part)
            moment = try values.decode(RunMoment.self, forKey: .moment)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(request, forKey: .request)
        try values.encode(part, forKey: .part)
        try values.encode(moment, forKey: .moment)
    }
}
