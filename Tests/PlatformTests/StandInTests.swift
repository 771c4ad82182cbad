import Foundation
import Platform
import Testing

@Suite struct StandInTests {
    @Test(
        "what stands in for a file that was not fetched is named",
        arguments: [
            ("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "git lfs pull"),
            ("<!DOCTYPE html><title>Not found</title>", "a web page"), ("<html>", "a web page"),
        ])
    func standIns(text: String, reason: String) {
        #expect(StandIn(Data(text.utf8))?.description.contains(reason) == true)
    }

    @Test("a file itself is none", arguments: ["", "{}", "version 1", "GGUF", "<p>"])
    func files(text: String) {
        #expect(StandIn(Data(text.utf8)) == nil)
    }
}
