import Foundation

/// Two ends that bytes go between; programs that are started get neither unless they are given it.
package struct DescriptorPair: Sendable {
    package let reader: Int32
    package let writer: Int32

    /// A pipe.
    ///
    /// - Throws: `SystemReason` if no more files can be opened.
    package init() throws(SystemReason) {
        var ends: [Int32] = [-1, -1]
        guard Foundation.pipe(&ends) == 0 else { throw .last }
        self.init(ends)
    }

    private init(_ ends: [Int32]) {
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reader, writer) = (ends[0], ends[1])
    }

    /// Two ends that both read and write.
    ///
    /// - Throws: `SystemReason` if no more files can be opened.
    package static func bothWays() throws(SystemReason) -> DescriptorPair {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { throw .last }
        return DescriptorPair(ends)
    }
}
