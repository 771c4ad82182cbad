import Foundation
import Platform
import Testing

@Suite struct RunningProgramTests {
    private static func start(
        _ line: String, descriptors: [Int32?] = [nil, nil, nil],
        group: RunningProgram.Group = .ours
    ) throws -> RunningProgram {
        var start = RunningProgram.Start(
            ["sh", "-c", line], environment: ["PATH": "/usr/bin:/bin"], descriptors: descriptors)
        start.group = group
        return try RunningProgram(start)
    }

    @Test("it runs beside this program, and its end is told once")
    func ends() throws {
        let program = try Self.start("sleep 0.2; exit 7")
        #expect(program.statusIfOver() == nil)
        #expect(program.wait() == 7)
    }

    @Test("a signal to its group ends it and all that were started in the group, and nobody else")
    func groups() throws {
        let leader = try Self.start("sleep 100", group: .own)
        let member = try Self.start("sleep 100", group: .of(leader))
        let other = try Self.start("sleep 100", group: .own)
        leader.send(SIGTERM, isToGroup: true)
        #expect(leader.wait() == 128 + SIGTERM && member.wait() == 128 + SIGTERM)
        #expect(other.statusIfOver() == nil)
        other.send(SIGKILL, isToGroup: true)
        #expect(other.wait() == 128 + SIGKILL)
    }

    @Test("it has the open files that it is given, under their numbers, and no other")
    func descriptors() throws {
        let output = try DescriptorPair()
        // As if this program had been started with it: nothing says that it closes.
        let inherited = dup(output.writer)
        #expect(fcntl(inherited, F_GETFD) == 0)
        let program = try Self.start(
            "echo one; echo two >&4; ls /proc/self/fd | wc -l >&4; cat",
            descriptors: [nil, output.writer, nil, nil, output.writer])
        close(output.writer)
        close(inherited)
        var written = Data()
        var buffer = [UInt8](repeating: 0, count: 100)
        while case let count = read(output.reader, &buffer, 100), count > 0 {
            written.append(contentsOf: buffer[..<count])
        }
        close(output.reader)
        #expect(program.wait() == 0)
        // Its five, and the one with which `ls` reads the list.
        #expect(String(decoding: written, as: UTF8.self) == "one\ntwo\n6\n")
    }

    @Test("a program that is not there is an error")
    func missing() {
        #expect(throws: FileError.self) {
            try RunningProgram(
                RunningProgram.Start(["no-such-program-here"], environment: [:], descriptors: []))
        }
    }
}
