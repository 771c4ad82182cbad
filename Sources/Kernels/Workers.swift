internal import CKernels

/// The one thread pool of the process.
///
/// Work is split the same way whatever the number of threads, so results do not depend on it.
package enum Workers {
    /// Threads that share the work, the caller included; by default one per core.
    package static var count: Int {
        get { lk_pool_threads() }
        set { lk_pool_set_threads(newValue) }
    }

    /// Starts the threads now instead of with the first work.
    ///
    /// - Returns: How many fewer there are than were wanted, because the system gives no more; `count`
    ///   is then what there is.
    package static func start() -> Int {
        let wanted = count
        return max(0, wanted - lk_pool_start())
    }

    /// Runs `body` with another number of threads for the work that the calling thread hands out.
    package static func limited<Result>(
        to threads: Int, _ body: () throws -> Result
    ) rethrows -> Result {
        let before = lk_pool_limit_threads(threads)
        defer { _ = lk_pool_limit_threads(before) }
        return try body()
    }

    /// Runs `body` for every index in 0..<count on the pool and returns when all are done.
    ///
    /// - Parameters:
    ///   - count: How many indices there are.
    ///   - body: Called with the index and the number of the worker that runs it (0..<`count`);
    ///     the latter chooses scratch space only, never what is computed.
    package static func run(_ count: Int, _ body: (_ index: Int, _ worker: Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            withUnsafePointer(to: body) { pointer in
                lk_pool_run(
                    count,
                    { context, index, worker in
                        guard let context else { return }
                        typealias Body = (Int, Int) -> Void
                        context.assumingMemoryBound(to: Body.self).pointee(index, worker)
                    }, UnsafeMutableRawPointer(mutating: pointer))
            }
        }
    }

    /// Splits 0..<total into equal parts of at least `grain` and runs `body` on each range.
    package static func split(_ total: Int, grain: Int, _ body: (Range<Int>) -> Void) {
        let parts = max(1, min(8, total / max(1, grain)))
        let size = (total + parts - 1) / parts
        run(parts) { index, _ in
            let start = min(total, index * size)
            body(start..<min(total, start + size))
        }
    }
}
