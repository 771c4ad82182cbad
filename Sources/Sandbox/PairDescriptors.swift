import Foundation
import Platform

/// What two interpreters are joined by, to each other and to here.
struct PairDescriptors {
    /// Between the two.
    let link: DescriptorPair
    /// From here to the tester.
    let job: DescriptorPair
    /// From the tester to here.
    let verdict: DescriptorPair
    /// What both write to their standard output and error.
    let output: DescriptorPair

    /// - Throws: `SystemReason` if no more files can be opened.
    init() throws(SystemReason) {
        var made: [DescriptorPair] = []
        do throws(SystemReason) {
            for isBothWays in [true, true, false, false] {
                made.append(try isBothWays ? .bothWays() : DescriptorPair())
            }
        } catch {
            for pair in made { Self.close(pair.reader, pair.writer) }
            throw error
        }
        (link, job, verdict, output) = (made[0], made[1], made[2], made[3])
    }

    /// Closes what the interpreters have.
    func closeTheirs() {
        Self.close(link.reader, link.writer, job.reader, verdict.writer, output.writer)
    }

    /// Closes what is used here.
    func closeOurs() { Self.close(job.writer, verdict.reader, output.reader) }

    private static func close(_ descriptors: Int32...) {
        for descriptor in descriptors { Foundation.close(descriptor) }
    }
}
