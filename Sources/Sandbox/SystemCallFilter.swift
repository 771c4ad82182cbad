package import Foundation

/// What the kernel refuses to the interpreters of a sandbox: a program for its packet filter, as
/// `bwrap --seccomp` takes it (`man 2 seccomp`, `linux/filter.h`).
///
/// Namespaces keep a program from seeing the host; the filter keeps it from making processes, and
/// from kernel interfaces that no program of a benchmark has a use for. Threads can be made, as many
/// as fit the limit of memory.
package struct SystemCallFilter: Sendable {
    /// The filter's instructions in the order of the machine's bytes.
    package let program: Data

    /// The filter for this machine, or nil if its system calls are not known here.
    package static var current: SystemCallFilter? {
        #if arch(x86_64)
        SystemCallFilter(.x86)
        #elseif arch(arm64)
        SystemCallFilter(.arm)
        #else
        nil
        #endif
    }

    /// A processor's system calls.
    package struct Machine: Sendable {
        /// `AUDIT_ARCH_...` of `linux/audit.h`.
        let architecture: UInt32
        let number: @Sendable (SystemCall) -> UInt32?

        /// x86-64, without its 32-bit calls.
        package static let x86 = Machine(architecture: 0xC000_003E) { $0.x86 }
        /// 64-bit ARM.
        package static let arm = Machine(architecture: 0xC000_00B7) { $0.arm }
    }

    package init(_ machine: Machine) {
        var code = Instructions()
        code.load(.architecture)
        code.end(unless: machine.architecture, .kill)
        code.load(.number)
        // Numbers from here on are calls of x86-64's 32-bit pointers.
        code.end(from: 0x4000_0000, .refuse(EPERM))
        for call in SystemCall.refused {
            if let number = machine.number(call) { code.end(at: number, .refuse(EPERM)) }
        }
        // The C library takes `clone` if there is no `clone3`, whose flags a filter cannot read.
        if let clone3 = machine.number(.clone3) { code.end(at: clone3, .refuse(ENOSYS)) }
        if let clone = machine.number(.clone) { code.endUnlessThread(clone) }
        code.end(.allow)
        program = code.bytes
    }
}

/// Instructions of the kernel's packet filter.
private struct Instructions {
    /// Where in `struct seccomp_data` something stands.
    enum Field: UInt32 {
        case number = 0
        case architecture = 4
        case firstArgument = 16
    }

    /// What becomes of a system call (`SECCOMP_RET_...`).
    enum Action {
        case allow, kill
        case refuse(Int32)

        var value: UInt32 {
            switch self {
            case .allow: 0x7FFF_0000
            case .kill: 0x8000_0000
            case .refuse(let error): 0x0005_0000 | UInt32(error)
            }
        }
    }

    private static let threadFlag: UInt32 = 0x1_0000
    private(set) var bytes = Data()

    mutating func load(_ field: Field) { add(0x20, field.rawValue) }
    mutating func end(_ action: Action) { add(0x06, action.value) }

    mutating func end(at value: UInt32, _ action: Action) {
        add(0x15, value, whenFalse: 1)
        end(action)
    }

    mutating func end(unless value: UInt32, _ action: Action) {
        add(0x15, value, whenTrue: 1)
        end(action)
    }

    mutating func end(from value: UInt32, _ action: Action) {
        add(0x35, value, whenFalse: 1)
        end(action)
    }

    /// Refuses `clone`, whose number is given, if it does not make a thread.
    mutating func endUnlessThread(_ number: UInt32) {
        add(0x15, number, whenFalse: 3)
        load(.firstArgument)
        add(0x45, Self.threadFlag, whenTrue: 1)
        end(.refuse(EPERM))
    }

    /// `struct sock_filter`.
    private mutating func add(
        _ code: UInt16, _ value: UInt32, whenTrue: UInt8 = 0, whenFalse: UInt8 = 0
    ) {
        withUnsafeBytes(of: code) { bytes.append(contentsOf: $0) }
        bytes.append(whenTrue)
        bytes.append(whenFalse)
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }
}
