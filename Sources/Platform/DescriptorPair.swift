import Foundation

/// Two ends that bytes go between; programs that are started get neither unless they are given it.
package struct DescriptorPair: Sendable {
    package let reader: Int32
    package let writer: Int32

    /// A pipe.
    ///
    /// - Throws: `SystemReason` if no more files can be opened.
    package init() throws(SystemReason) {
        try self.init { Foundation.pipe(&$0) }
    }

    private init(_ make: (inout [Int32]) -> Int32) throws(SystemReason) {
        var ends: [Int32] = [-1, -1]
        let reason = Descriptor.betweenStarts { () -> SystemReason? in
            guard make(&ends) == 0 else { return .last }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return nil
        }
        if let reason { throw reason }
        (reader, writer) = (ends[0], ends[1])
    }

    /// Two ends that both read and write.
    ///
    /// - Throws: `SystemReason` if no more files can be opened.
    package static func bothWays() throws(SystemReason) -> DescriptorPair {
        try DescriptorPair { socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &$0) }
    }
}
