internal import Adapters

/// The keys `restart_every`, which must be there, and `restart_warmup`, 10 by default.
extension Restarts {
    init(_ arm: StudySection) {
        self.init(
            everySteps: arm.integer("restart_every", in: 1...1_000_000_000),
            warmupSteps: arm.integer("restart_warmup", default: 10, in: 0...1_000_000_000))
    }

    var keys: [(key: String, value: String)] {
        [("restart_every", String(everySteps)), ("restart_warmup", String(warmupSteps))]
    }
}
