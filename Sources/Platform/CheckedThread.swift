import Foundation

/// Threads of the operating system that say so if there is none.
package enum CheckedThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread that nobody waits for.
    ///
    /// - Parameters:
    ///   - name: What messages call it.
    ///   - stackSize: Bytes of its stack.
    ///   - body: What it does.
    /// - Throws: `ThreadError`.
    package static func start(
        _ name: String, stackSize: Int, _ body: @escaping @Sendable () -> Void
    ) throws(ThreadError) {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        pthread_attr_init(attributes)
        defer {
            pthread_attr_destroy(attributes)
            attributes.deallocate()
        }
        pthread_attr_setstacksize(attributes, stackSize)
        pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
        let context = Unmanaged.passRetained(Body(body))
        var thread: pthread_t = 0
        let code = pthread_create(
            &thread, attributes,
            { context in
                if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            throw ThreadError(name: name, reason: SystemReason(code: code))
        }
    }
}

/// Why a thread could not be started.
package struct ThreadError: Error, Equatable, Sendable, CustomStringConvertible {
    package let name: String
    package let reason: SystemReason

    package var description: String {
        "the \(name) thread cannot be started: \(reason.words); "
            + "raise the limits of processes (ulimit -u) and of memory (ulimit -v)"
    }
}
