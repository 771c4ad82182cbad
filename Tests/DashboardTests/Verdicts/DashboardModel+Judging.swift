import Verdicts

@testable import Dashboard

extension DashboardModel {
    /// Ticks, and answers the request for a verdict if there is one.
    ///
    /// - Returns: Whether there was.
    @discardableResult
    mutating func judge() -> Bool {
        var isAsked = false
        for case .judge(let runs) in update(.tick(seconds: now)) {
            isAsked = true
            do {
                _ = update(.verdict(.made(ToldVerdict(try Verdict(try VerdictInput(runs))))))
            } catch {
                _ = update(.verdict(.impossible("\(error)")))
            }
        }
        return isAsked
    }
}
