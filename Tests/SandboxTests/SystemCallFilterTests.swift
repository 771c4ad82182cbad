import Foundation
import Sandbox
import Testing

/// The filter's instructions, carried out here as the kernel does.
@Suite struct SystemCallFilterTests {
    private static let allow: UInt32 = 0x7FFF_0000
    private static let kill: UInt32 = 0x8000_0000
    private static func refuse(_ error: Int32) -> UInt32 { 0x0005_0000 | UInt32(error) }

    @Test("x86-64: calls and their fate")
    func x86() throws {
        let filter = SystemCallFilter(.x86)
        let machine: UInt32 = 0xC000_003E
        for call in SystemCall.refused {
            let number = try #require(call.x86)
            #expect(try run(filter, machine, number) == Self.refuse(EPERM), "\(call.name)")
        }
        // read, write, mmap, exit_group, execve, socketpair, prlimit64, getrandom
        for number: UInt32 in [0, 1, 9, 231, 59, 53, 302, 318] {
            #expect(try run(filter, machine, number) == Self.allow)
        }
        try clone(filter, machine, 56)
        #expect(try run(filter, machine, 0x4000_0000) == Self.refuse(EPERM))
        #expect(try run(filter, 0x4000_0003, 1) == Self.kill)
    }

    @Test("64-bit ARM: calls and their fate")
    func arm() throws {
        let filter = SystemCallFilter(.arm)
        let machine: UInt32 = 0xC000_00B7
        for number in SystemCall.refused.compactMap(\.arm) {
            #expect(try run(filter, machine, number) == Self.refuse(EPERM), "\(number)")
        }
        // read, write, mmap, exit_group, execve, socketpair, prlimit64, getrandom
        for number: UInt32 in [63, 64, 222, 94, 221, 199, 261, 278] {
            #expect(try run(filter, machine, number) == Self.allow)
        }
        try clone(filter, machine, 220)
        #expect(try run(filter, 0xC000_003E, 63) == Self.kill)
    }

    /// Threads are made, processes are not, and of `clone3` it cannot be told.
    private func clone(_ filter: SystemCallFilter, _ machine: UInt32, _ number: UInt32) throws {
        let thread: UInt32 = 0x3D_0F00
        #expect(try run(filter, machine, number, thread) == Self.allow)
        #expect(try run(filter, machine, number, UInt32(SIGCHLD)) == Self.refuse(EPERM))
        #expect(try run(filter, machine, number, 0x1000_0000) == Self.refuse(EPERM))
        #expect(try run(filter, machine, 435, thread) == Self.refuse(ENOSYS))
    }

    /// What the filter gives for a call, by `struct seccomp_data` and the packet filter's rules.
    private func run(
        _ filter: SystemCallFilter, _ machine: UInt32, _ number: UInt32, _ argument: UInt32 = 0
    ) throws -> UInt32 {
        let data: [UInt32: UInt32] = [0: number, 4: machine, 16: argument]
        var (value, place) = (UInt32(0), 0)
        let bytes = [UInt8](filter.program)
        while true {
            let start = place * 8
            try #require(start + 8 <= bytes.count, "it runs off its end")
            let constant = (0..<4).reduce(UInt32(0)) {
                $0 | UInt32(bytes[start + 4 + $1]) << UInt32(8 * $1)
            }
            place += 1
            let (whenTrue, whenFalse) = (Int(bytes[start + 2]), Int(bytes[start + 3]))
            switch bytes[start] {
            case 0x20: value = try #require(data[constant])
            case 0x06: return constant
            case 0x15: place += value == constant ? whenTrue : whenFalse
            case 0x35: place += value >= constant ? whenTrue : whenFalse
            case 0x45: place += value & constant != 0 ? whenTrue : whenFalse
            default: Issue.record("no such instruction: \(bytes[start])")
            }
        }
    }
}
