internal import Datasets

extension Sample {
    /// What is made of each item to score it.
    ///
    /// - Throws: `TaskError.unscorable` for the first item of which nothing can be made.
    func encoded<Made>(
        for task: String, _ encode: (Item) throws(RequestProblem) -> Made
    ) throws(TaskError) -> [Made] {
        var made: [Made] = []
        for (place, item) in zip(places, items) {
            do throws(RequestProblem) {
                made.append(try encode(item))
            } catch {
                throw .unscorable(task: task, item: place, reason: "\(error)")
            }
        }
        return made
    }
}
