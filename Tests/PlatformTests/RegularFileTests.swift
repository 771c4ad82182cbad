import Foundation
import Platform
import TestSupport
import Testing

@Suite struct RegularFileTests {
    @Test("what cannot be read as a whole is named, and a link stands for what it leads to")
    func kinds() throws {
        try withTemporaryFolder { folder in
            let (file, pipe) = (folder.appending(path: "file"), folder.appending(path: "pipe"))
            try Data("x".utf8).write(to: file)
            #expect(mkfifo(pipe.path, 0o600) == 0)
            for (name, target) in [("a", "file"), ("b", "none")] {
                try FileManager.default.createSymbolicLink(
                    atPath: folder.appending(path: name).path, withDestinationPath: target)
            }
            #expect(RegularFile.problem(file) == nil)
            #expect(RegularFile.problem(folder.appending(path: "a")) == nil)
            #expect(RegularFile.problem(folder)?.contains("Is a directory") == true)
            #expect(RegularFile.problem(pipe) == "it is a pipe or a device; name a file")
            for name in ["b", "none"] {
                let problem = RegularFile.problem(folder.appending(path: name))
                #expect(problem?.contains("No such file") == true)
            }
        }
    }

    @Test("a file is read whole or from its start, what is none is refused in the system's words")
    func reading() throws {
        try withTemporaryFolder { folder in
            let (file, pipe) = (folder.appending(path: "file"), folder.appending(path: "pipe"))
            let bytes = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
            try bytes.write(to: file)
            #expect(mkfifo(pipe.path, 0o600) == 0)
            #expect(try RegularFile.read(file) == bytes)
            #expect(try RegularFile.read(file, upTo: 5) == bytes.prefix(5))
            for (url, reason) in [
                (folder, "Is a directory; name a file"),
                (pipe, "it is a pipe or a device; name a file"),
                (folder.appending(path: "none"), "No such file or directory; check the path"),
            ] {
                #expect(throws: FileError("read", url.path, reason)) { try RegularFile.read(url) }
            }
        }
    }
}
