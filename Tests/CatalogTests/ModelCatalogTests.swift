import Catalog
import Foundation
import Testing

@Suite struct ModelCatalogTests {
    @Test(
        "models lie in the first folder that the environment names",
        arguments: [
            (["LETHE_MODELS": "/m", "XDG_DATA_HOME": "/x", "HOME": "/h"], "/m"),
            (["LETHE_MODELS": "", "XDG_DATA_HOME": "/x", "HOME": "/h"], "/x/lethe/models"),
            (["XDG_DATA_HOME": "x", "HOME": "/h"], "/h/.local/share/lethe/models"),
            (["HOME": "/h"], "/h/.local/share/lethe/models"),
        ])
    func folder(environment: [String: String], expected: String) {
        let url = ModelCatalog(environment: environment).localURL(of: ModelCatalog.smolLM2)
        #expect(url.path == expected + "/SmolLM2-135M-Instruct.Q4_1.gguf")
    }

    @Test("entries are found by name")
    func names() throws {
        #expect(try ModelCatalog.entry(named: "smollm2-135m") == ModelCatalog.smolLM2)
        #expect(
            throws: CatalogError.unknownModel(
                name: "gpt-9", known: ["smollm2-135m", "gemma3-270m"])
        ) {
            try ModelCatalog.entry(named: "gpt-9")
        }
    }
}
