import Catalog
import Foundation
import Testing

@Suite struct DataCatalogTests {
    @Test(
        "data lie in the first folder that the environment names",
        arguments: [
            (["LETHE_DATA": "/d", "XDG_DATA_HOME": "/x", "HOME": "/h"], "/d"),
            (["LETHE_DATA": "", "XDG_DATA_HOME": "/x", "HOME": "/h"], "/x/lethe/data"),
            (["HOME": "/h"], "/h/.local/share/lethe/data"),
        ])
    func folder(environment: [String: String], expected: String) {
        #expect(DataCatalog(environment: environment).folder.path == expected)
    }

    @Test("each set has a folder, a name and a licence of its own")
    func sets() throws {
        let names = DataCatalog.sets.map(\.name)
        #expect(Set(names).count == names.count)
        for set in DataCatalog.sets {
            #expect(!set.files.isEmpty && !set.licence.isEmpty && set.items > 0)
            #expect(Set(set.files.map(\.path)).count == set.files.count)
            #expect(set.files.allSatisfy { $0.path.hasPrefix(set.name + "/") })
            #expect((set.digest?.count ?? 64) == 64)
            #expect((set.digest == nil) == set.fetchedFiles.isEmpty)
            #expect((set.sizeBytes == 0) == set.fetchedFiles.isEmpty)
            #expect(try DataCatalog.set(named: set.name) == set)
        }
        #expect(throws: CatalogError.unknownData(name: "glue", known: names)) {
            try DataCatalog.set(named: "glue")
        }
    }

    @Test("MMLU has 57 subjects and 14,042 questions")
    func subjects() throws {
        #expect(MMLUSubject.all.count == 57)
        #expect(MMLUSubject.all.reduce(0) { $0 + $1.questions } == 14_042)
        #expect(try DataCatalog.set(named: "mmlu").files.count == 114)
    }

    @Test("what no package has is told with its place and where to put it")
    func published() throws {
        let catalog = DataCatalog(environment: ["LETHE_DATA": "/nowhere"])
        let set = try DataCatalog.set(named: "lambada_standard")
        #expect(catalog.missing(of: set).count == 2)
        do throws(CatalogError) {
            try catalog.fetch([set]) { _ in }
            Issue.record("it was fetched")
        } catch {
            let text = "\(error)"
            #expect(text.contains("lambada_standard is in no package"))
            #expect(text.contains("https://zenodo.org/record/2630551"))
            #expect(text.contains("/nowhere/lambada_standard/lambada_test_plain_text.txt"))
        }
    }
}
