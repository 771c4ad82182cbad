internal import Kernels
internal import RunEvents
internal import Tensors
internal import Training

/// Which trajectories are in memory, so that what the process takes stays below a limit.
///
/// What does not fit waits parked in its newest checkpoint, which has all of it, and comes back with
/// the same bits. What decides is where room is made, never what is computed.
final class TrajectoryMemory {
    /// Bytes that the process may take.
    let limit: Int
    private let source: TrainerSource
    /// Bytes beside tensors: the program, the data.
    private let beside: Int
    /// Bytes of weights and optimiser that an arm's trajectories have of their own.
    private var ownBytes: [String: Int] = [:]
    /// Arms of which the arena has seen a slice.
    private var measured: Set<String> = []

    /// - Parameters:
    ///   - limit: Bytes; nil for three quarters of what the process has and could still get.
    ///   - source: Makes what trains a trajectory.
    init(limit: Int?, source: TrainerSource) {
        self.source = source
        let present = Memory.residentBytes
        self.limit = limit ?? (Memory.freeBytes / 4 * 3 + present / 4 * 3)
        beside = max(0, present - Storage.takenBytes - source.arena.reachBytes)
    }

    /// What trains an arm; the arm comes into memory if it is not there.
    ///
    /// - Parameters:
    ///   - arm: Which.
    ///   - others: All arms in the order of their next turns; the last ones make room first, for in a
    ///     round of turns they are needed last.
    /// - Returns: Its trainer, to be asked for again at every use.
    /// - Throws: `TensorError.outOfMemory`, `CheckpointError`, an error of the store.
    func trainer(of arm: ArmRun, among others: () -> [ArmRun]) throws -> Trainer {
        if let trainer = arm.trainer { return trainer }
        makeRoom(for: arm, others())
        let before = Storage.takenBytes
        let trainer = try arm.enterMemory(from: source)
        ownBytes[arm.settings.arm.name] = Storage.takenBytes - before
        return trainer
    }

    /// Makes room for a turn of an arm.
    func prepareTurn(of arm: ArmRun, among others: () -> [ArmRun]) throws {
        if arm.trainer != nil { makeRoom(for: arm, others()) }
        _ = try trainer(of: arm, among: others)
    }

    /// Takes note that an arm has had a turn, so that the arena has what it needs.
    func didTrain(_ arm: ArmRun) { measured.insert(arm.settings.arm.name) }

    /// Whether the limit leaves no room for one trajectory alone, as far as that is known.
    func isTooSmall(for arms: [ArmRun]) -> Bool {
        let others = arms.compactMap { $0.trainer == nil ? nil : ownBytes[$0.settings.arm.name] }
        let base = Storage.takenBytes - others.reduce(0, +)
        let largest = arms.map(needs).max() ?? 0
        return base + beside + source.arena.reachBytes + largest > limit
    }

    private func makeRoom(for arm: ArmRun, _ others: [ArmRun]) {
        let wanted = working(arm) + (arm.trainer == nil ? needs(arm) + reading(arm) : 0)
        while Storage.takenBytes + beside + wanted > limit,
            let last = others.last(where: { $0 !== arm && $0.trainer != nil && $0.isSaved })
        {
            last.leaveMemory()
        }
    }

    /// Bytes of an arm's own: weights, and two numbers of the optimiser for each, until it is known.
    private func needs(_ arm: ArmRun) -> Int {
        ownBytes[arm.settings.arm.name] ?? arm.trainableCount * 3 * MemoryLayout<Float>.stride
    }

    /// Bytes of files that are read when an arm comes back, which are in memory while they are.
    private func reading(_ arm: ArmRun) -> Int { arm.step > 0 ? needs(arm) / 3 * 2 : 0 }

    /// Bytes that a turn of an arm works in.
    ///
    /// Those of the arena, somewhat more than were needed so far; half of the limit until it is known.
    /// Averaged weights are copied to be measured and saved.
    private func working(_ arm: ArmRun) -> Int {
        let seen = source.arena.reachBytes / 8 * 9
        let copies = arm.settings.arm.optimizer.isScheduleFree ? needs(arm) / 3 : 0
        return copies
            + (measured.contains(arm.settings.arm.name) ? seen : max(seen, limit / 2))
    }
}
