extension PromptTemplate {
    /// The records of a file.
    ///
    /// - Throws: `DatasetError.unfit` with all records for which the template has no place.
    package func laidOut(
        _ records: Sample<Record>
    ) throws(DatasetError) -> Sample<LaidOutRecord> {
        var problems: [DatasetError.RowProblem] = []
        let layouts = records.numberedMap { record, place in
            do throws(ChatTemplateProblem) {
                return try laidOut(record)
            } catch {
                problems.append(.init(row: place, reason: "\(error)"))
                return LaidOutRecord(request: [], answer: "")
            }
        }
        guard problems.isEmpty else { throw .unfit(problems: problems) }
        return layouts
    }
}
