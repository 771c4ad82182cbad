internal import Adapters
internal import Settings

/// The keys `restart_every`, which must be there, and `restart_warmup`, by default 10 or as many
/// steps as there are between restarts.
extension Restarts {
    init(_ arm: SettingsSection) {
        let every = arm.integer("restart_every", in: 1...1_000_000_000)
        self.init(
            everySteps: every,
            warmupSteps: arm.integer(
                "restart_warmup", default: min(10, every), in: 0...1_000_000_000))
    }

    var keys: [(key: String, value: String)] {
        [("restart_every", String(everySteps)), ("restart_warmup", String(warmupSteps))]
    }
}
