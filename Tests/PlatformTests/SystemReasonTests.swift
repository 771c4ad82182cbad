import Foundation
import Platform
import TestSupport
import Testing

@Suite struct SystemReasonTests {
    /// What Foundation is asked for in a folder that holds the file `file`.
    enum Request: CaseIterable {
        case folderBelowFile, folderOnFile, longName, readMissing, readFolder, readBelowFile
        case writeFolder, writeFull, loop, listFile

        var code: Int32 {
            switch self {
            case .folderBelowFile, .readBelowFile, .listFile: ENOTDIR
            case .folderOnFile: EEXIST
            case .longName: ENAMETOOLONG
            case .readMissing: ENOENT
            case .readFolder, .writeFolder: EISDIR
            case .writeFull: ENOSPC
            case .loop: ELOOP
            }
        }

        func make(in folder: URL) throws {
            let files = FileManager.default
            let file = folder.appending(path: "file")
            try Data().write(to: file)
            switch self {
            case .folderBelowFile: try Folder.create(file.appending(path: "x"))
            case .folderOnFile: try Folder.create(file)
            case .longName:
                try Folder.create(folder.appending(path: String(repeating: "n", count: 300)))
            case .readMissing: _ = try Data(contentsOf: folder.appending(path: "none"))
            case .readFolder: _ = try Data(contentsOf: folder)
            case .readBelowFile: _ = try Data(contentsOf: file.appending(path: "x"))
            case .writeFolder: try Data().write(to: folder, options: .atomic)
            case .writeFull:
                try FileHandle(forWritingTo: URL(filePath: "/dev/full")).write(
                    contentsOf: Data([1]))
            case .loop:
                let link = folder.appending(path: "link")
                try files.createSymbolicLink(at: link, withDestinationURL: link)
                _ = try Data(contentsOf: link)
            case .listFile: _ = try files.contentsOfDirectory(atPath: file.path)
            }
        }
    }

    @Test(
        "the system's own reason is found behind Foundation's errors", arguments: Request.allCases)
    func reasons(request: Request) throws {
        try withTemporaryFolder { folder in
            do {
                try request.make(in: folder)
                Issue.record("\(request) was granted")
            } catch {
                let words = String(cString: strerror(request.code))
                #expect(reason(of: error).contains(words) || "\(error)".contains(words), "\(error)")
                #expect(!"\(reason(of: error))".contains("Domain"))
            }
        }
    }

    @Test("an error says what, where, why and what to do")
    func description() {
        let error = FileError.wrapping("read", URL(filePath: "/none/x"))
        #expect(error == "/none/x: cannot read: No such file or directory; check the path")
    }

    @Test("wrong JSON is told as such")
    func json() {
        struct Value: Decodable { let key: [Int] }
        let cases = [
            "{": "not valid JSON", "{}": "no key",
            #"{"key": [1, "x"]}"#: "wrong type at key.Index 1",
        ]
        for (text, expected) in cases {
            do {
                _ = try JSONDecoder().decode(Value.self, from: Data(text.utf8))
            } catch {
                #expect(reason(of: error) == expected)
            }
        }
    }
}

extension FileError {
    /// The description of the error of reading a file.
    fileprivate static func wrapping(_ action: String, _ url: URL) -> String {
        do {
            _ = try wrapping(action, url) { try Data(contentsOf: url) }
            return "read"
        } catch {
            return "\(error)"
        }
    }
}
