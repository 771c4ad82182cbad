import Foundation
import RunEvents
import RunStore
import Studies

extension Resumption {
    /// The study with the measures that the run has had until here: where programs that a model writes
    /// were run they must be, and where they were not they are not, for a curve of which a part is
    /// judged otherwise is none.
    ///
    /// - Parameters:
    ///   - prepared: The study as it can be measured here.
    ///   - refusal: Why programs are not run here; nil if they are, or there are none.
    ///   - unrun: The study with no program run.
    /// - Returns: The one of the two that has these measures.
    /// - Throws: `RunChanged` with what cannot be measured any more.
    func measured(
        _ prepared: PreparedStudy, refusal: String?, unrun: () -> PreparedStudy?
    ) throws -> PreparedStudy {
        guard let before = point.identity?.measures.map(Self.names) else { return prepared }
        let now = Self.names(prepared.measures)
        let lost = before.subtracting(now).sorted()
        guard lost.isEmpty else {
            let reason = refusal.map { ": \($0)" } ?? ""
            throw RunChanged(
                path: folder.url.path,
                changes: ["\(lost.joined(separator: ", ")) was measured, and cannot be\(reason)"])
        }
        guard now != before, let unrun = unrun(), before == Self.names(unrun.measures) else {
            return prepared
        }
        return unrun
    }

    private static func names(_ measures: [MetricDefinition]) -> Set<String> {
        Set(measures.map { "\($0.kind.rawValue) \($0.name)" })
    }
}
