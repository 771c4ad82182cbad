import Dispatch
import Kernels
import Synchronization
import Testing

@Suite struct WorkersTests {
    /// How often each index was run.
    private func hits(_ count: Int, _ run: ((Int, Int) -> Void) -> Void) -> [Int] {
        var hits = [Int](repeating: 0, count: count)
        hits.withUnsafeMutableBufferPointer { hits in
            guard let base = hits.baseAddress else { return run { _, _ in } }
            run { index, _ in base[index] += 1 }
        }
        return hits
    }

    @Test("every index is run exactly once", arguments: [0, 1, 2, 3, 7, 64, 1000], [1, 2, 3, 8])
    func everyIndexOnce(count: Int, threads: Int) {
        Workers.limited(to: threads) {
            for _ in 0..<20 {
                let ran = hits(count) { Workers.run(count, $0) }
                #expect(ran.allSatisfy { $0 == 1 })
            }
        }
    }

    @Test("worker numbers stay below the limit, which ends with its scope")
    func limit() {
        let before = Workers.count
        Workers.limited(to: 3) {
            #expect(Workers.count == 3)
            Workers.limited(to: 1) { #expect(Workers.count == 1) }
            var workers = [Int](repeating: -1, count: 500)
            workers.withUnsafeMutableBufferPointer { workers in
                guard let base = workers.baseAddress else { return }
                Workers.run(500) { index, worker in base[index] = worker }
            }
            #expect(workers.allSatisfy { (0..<3).contains($0) })
        }
        #expect(Workers.count == before)
    }

    /// How many indices of runs inside a run were run twice, not at all, or by another worker.
    private func strangers() -> Int {
        let strangers = Mutex(0)
        Workers.run(40) { _, worker in
            for count in [1, 10] {
                var ran = [Int](repeating: -1, count: count)
                ran.withUnsafeMutableBufferPointer { ran in
                    guard let base = ran.baseAddress else { return }
                    Workers.run(count) { index, inner in base[index] = inner }
                }
                let other = ran.count { $0 != worker }
                strangers.withLock { $0 += other }
            }
        }
        return strangers.withLock { $0 }
    }

    @Test("a run inside a run is done by its own worker, also where another caller had the pool")
    func nesting() {
        Workers.limited(to: 3) { #expect(strangers() == 0) }
        let failures = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            Workers.limited(to: 3) {
                for _ in 0..<100 {
                    let found = strangers()
                    failures.withLock { $0 += found }
                }
            }
        }
        #expect(failures.withLock { $0 } == 0)
    }

    @Test("several threads may hand out work at once")
    func severalCallers() {
        let failures = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 6) { caller in
            for round in 0..<200 {
                let count = 1 + (caller * 7 + round) % 23
                let ran = hits(count) { Workers.run(count, $0) }
                if ran.contains(where: { $0 != 1 }) { failures.withLock { $0 += 1 } }
            }
        }
        #expect(failures.withLock { $0 } == 0)
    }

    @Test("parts cover the whole once, at least a grain long but for the last")
    func split() {
        for total in [0, 1, 7, 8, 9, 100, 1001] {
            for grain in [1, 3, 50, 5000] {
                var covered = [Int](repeating: 0, count: total)
                Workers.limited(to: 1) {
                    Workers.split(total, grain: grain) { part in
                        for index in part { covered[index] += 1 }
                        #expect(part.count >= min(grain, total) || part.upperBound == total)
                    }
                }
                #expect(covered.allSatisfy { $0 == 1 })
            }
        }
    }
}
