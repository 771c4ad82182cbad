import Testing

/// The parts of the program know each other in one direction only.
@Suite struct ImportDirectionTests {
    /// Whom a target is built on; it may import these and what they are built on.
    private static let foundations: [String: [String]] = [
        "Platform": [],
        "Settings": ["Yams"],
        "Sandbox": ["Platform"],
        "Kernels": ["CKernels"],
        "Tensors": ["Kernels"],
        "Models": ["Platform", "Tensors"],
        "Adapters": ["Models"],
        "Tokenizers": ["Platform"],
        "Datasets": ["Tokenizers"],
        "Evaluation": ["Datasets", "Models", "Sandbox", "Settings"],
        "Catalog": ["Datasets"],
        "Bases": ["Adapters", "Catalog"],
        "RunEvents": [],
        "Verdicts": ["RunEvents"],
        "Training": ["Adapters", "Evaluation", "RunEvents"],
        "Studies": ["Bases", "Settings", "Training", "Verdicts"],
        "RunStore": ["Crypto", "Platform", "Verdicts"],
        "Dashboard": ["Verdicts"],
        "Terminal": ["CNcurses", "Dashboard"],
        "lethe": ["Studies", "RunStore", "Sandbox", "Terminal", "ArgumentParser"],
    ]

    /// What only one target may import.
    private static let owners = [
        "CKernels": "Kernels", "CNcurses": "Terminal", "Crypto": "RunStore", "Yams": "Settings",
        "ArgumentParser": "lethe",
    ]

    private static let system: Set = [
        "Dispatch", "Foundation", "FoundationNetworking", "Glibc", "Swift", "Synchronization",
    ]

    @Test("every import is of a system module or follows the design")
    func importsFollowTheDesign() throws {
        let files = try SourceFile.all(under: "Sources")
        #expect(files.count > 50, "the sources were not found")
        for file in files {
            let allowed = Self.allowedImports(of: file.target)
            for (index, line) in file.lines.enumerated() {
                guard let module = Self.importedModule(line) else { continue }
                #expect(
                    allowed.contains(module),
                    "\(file.path):\(index + 1): \(file.target) must not import \(module)")
            }
        }
    }

    @Test("the table names every target")
    func tableIsComplete() throws {
        let targets = try Set(SourceFile.all(under: "Sources").map(\.target))
        #expect(targets == Set(Self.foundations.keys))
    }

    @Test(
        "the module of an import line",
        arguments: [
            ("import Foundation", "Foundation"), ("package import Tensors", "Tensors"),
            ("@preconcurrency internal import Yams", "Yams"),
            ("import struct Foundation.Data", "Foundation"), ("important import", nil),
            ("// import Foundation", nil),
        ])
    func readsImportLines(line: String, module: String?) {
        #expect(Self.importedModule(line[...]) == module)
    }

    private static func allowedImports(of target: String) -> Set<String> {
        var allowed = system
        var waiting = foundations[target] ?? []
        while let module = waiting.popLast() {
            waiting += foundations[module] ?? []
            if owners[module] ?? target == target { allowed.insert(module) }
        }
        return allowed
    }

    private static func importedModule(_ line: Substring) -> String? {
        var words = line.split(separator: " ")
        let before: Set<Substring> = ["package", "internal", "private", "fileprivate", "public"]
        words.removeFirst(words.prefix { $0.hasPrefix("@") || before.contains($0) }.count)
        guard words.count >= 2, words.removeFirst() == "import" else { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
        let name = kinds.contains(words[0]) ? words.dropFirst().first : words.first
        return name?.split(separator: ".").first.map(String.init)
    }
}
