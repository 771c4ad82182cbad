import Foundation
import Platform
import TestSupport
import Testing

@Suite(.serialized) struct DescriptorTests {
    @Test("a full device and a closed number are errors")
    func errors() throws {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        #expect(throws: SystemReason(code: ENOSPC)) { try Descriptor.write(Data([1]), to: full) }
        #expect(throws: SystemReason(code: EBADF)) { try Descriptor.write(Data([1]), to: -1) }
        Descriptor.tell(Data([1]), to: full)
        Descriptor.tell(Data([1]), to: -1)
    }

    @Test("what only informs waits for nobody")
    func patience() {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let start = ContinuousClock.now
        Descriptor.tell(Data(count: 1 << 22), to: ends[1], patience: 20)
        #expect(ContinuousClock.now - start < .seconds(2))
    }

    @Test("a file is replaced as a whole, or not at all and without a trace")
    func wholeFile() throws {
        try withTemporaryFolder { folder in
            let url = folder.appending(path: "a.txt")
            try WholeFile.write(Data("one".utf8), to: url)
            try WholeFile.write(Data("two".utf8), to: url)
            #expect(try String(contentsOf: url, encoding: .utf8) == "two")
            #expect(throws: FileError.self) {
                try WholeFile.write(to: url) { descriptor throws(SystemReason) in
                    try Descriptor.write(Data("thr".utf8), to: descriptor)
                    throw SystemReason(code: ENOSPC)
                }
            }
            #expect(try String(contentsOf: url, encoding: .utf8) == "two")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.txt"])
        }
    }

    @Test("what is being made goes when the process has to end")
    func drafts() throws {
        try withTemporaryFolder { folder in
            let draft = folder.appending(path: "draft")
            try Draft.making(draft) {
                try FileManager.default.createDirectory(
                    at: draft.appending(path: "below"), withIntermediateDirectories: true)
                Draft.removeAll()
                #expect(!FileManager.default.fileExists(atPath: draft.path))
            }
        }
    }
}
