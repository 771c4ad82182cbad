/// One of two arms that are compared.
///
/// With three seeds or more the rate for a seed is chosen on the selection half of the *other* seeds,
/// so that neither its items nor its own luck choose what it reports: the minimum of noisy numbers is
/// biased, and more so for the arm with more rates. With fewer it is chosen on those there are.
struct PairSide: Sendable {
    /// From so many seeds on, one can be left out.
    static let fewestSeeds = 3

    /// Chosen on all seeds that both arms have.
    let whole: ArmEnvelope
    /// What is compared.
    let compared: ArmEnvelope

    init(_ arm: ArmTable, seeds: [UInt64]) {
        let found = seeds.compactMap { arm.seeds.firstIndex(of: $0) }
        whole = ArmEnvelope(arm, seeds: found)
        compared =
            found.count < Self.fewestSeeds
            ? whole : ArmEnvelope(arm, seeds: found, leavesOneOut: true)
    }

    var arm: ArmTable { whole.arm }
    /// Which of the arm's seeds both arms have.
    var seeds: [Int] { whole.seeds }
}
