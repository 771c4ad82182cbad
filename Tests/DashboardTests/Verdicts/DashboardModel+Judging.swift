@testable import Dashboard

extension DashboardModel {
    /// Ticks, and answers the request for a verdict if there is one.
    ///
    /// - Returns: Whether there was.
    @discardableResult
    mutating func judge() -> Bool {
        var isAsked = false
        for case .judge(let runs, let question) in update(.tick(seconds: now)) {
            isAsked = true
            _ = update(.verdict(VerdictReading(runs, question)))
        }
        return isAsked
    }
}
