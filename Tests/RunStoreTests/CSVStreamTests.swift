import Foundation
import RunEvents
import RunStore
import Testing

@Suite struct CSVStreamTests {
    @Test("the stream is the table, line by line")
    func theStreamIsTheTable() throws {
        let pipe = Pipe()
        let stream = try CSVStream(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        for event in SampleRun.everyEvent { try stream.receive(event) }
        try pipe.fileHandleForWriting.close()
        var table = RunTable()
        let rows = SampleRun.everyEvent.flatMap { table.rows(for: $0) }
        let expected = ([TableSchema.current.header] + rows.map { $0.line() }).map { $0 + "\n" }
            .joined()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        #expect(String(decoding: data, as: UTF8.self) == expected)
    }

    @Test("each row can be read before the next event")
    func eachRowCanBeReadAtOnce() throws {
        let pipe = Pipe()
        let stream = try CSVStream(
            descriptor: pipe.fileHandleForWriting.fileDescriptor,
            after: RunState(after: SampleRun.everyEvent.prefix(1)))
        #expect(Self.text(pipe) == TableSchema.current.header + "\n")
        try stream.receive(SampleRun.everyEvent[1])
        #expect(
            Self.text(pipe) == "2,code-1,full,full,,0,0,0,0.0,target,,loss,2.5,,0.001,,\n")
    }

    @Test("a closed pipe is one clear error and then silence")
    func aClosedPipeIsOneError() throws {
        let pipe = Pipe()
        let stream = try CSVStream(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        try pipe.fileHandleForReading.close()
        #expect(throws: RunStoreError.streamClosed) { try stream.receive(SampleRun.everyEvent[1]) }
        #expect(stream.isClosed)
        try stream.receive(SampleRun.everyEvent[2])
    }

    @Test("a full disk is an error that says so")
    func aFullDiskIsAnError() throws {
        let full = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
        let error = #expect(throws: RunStoreError.self) {
            try CSVStream(descriptor: full.fileDescriptor)
        }
        #expect(error == .system(action: "write", path: "standard output", code: ENOSPC))
        #expect(error?.description.contains("No space left on device") == true)
    }

    private static func text(_ pipe: Pipe) -> String {
        String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    }
}
