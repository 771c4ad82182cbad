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
}
