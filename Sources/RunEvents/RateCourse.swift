/// What an arm's learning rate does after its warm-up, which decides what the points on its way are
/// worth.
package enum RateCourse: String, Codable, Sendable {
    /// It stays: every point is a result.
    case constant
    /// Schedule-free: it stays, and the average of the weights is a result at every point.
    case scheduleFree
    /// It decays: a point on the way is not what a run that was planned to end there would give.
    case decaying
}
