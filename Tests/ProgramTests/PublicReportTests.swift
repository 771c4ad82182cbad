import Foundation
import TestSupport
import Testing

extension ProgramSuite {
    /// Inputs made after public reports of other programs, where they lie beside the checkout.
    @Suite(.enabled(if: casesFolder != nil, "the inputs are not beside the checkout"))
    struct PublicReportTests {
        private struct Sample: Decodable {
            let logLikelihoods: [Double]
        }

        private func caseFolder(_ name: String) throws -> URL {
            try #require(casesFolder).appending(path: name)
        }

        private func logLikelihoods(_ name: String) throws -> [Double] {
            let input = try caseFolder(name)
            return try withTemporaryFolder { folder in
                let result = try LetheResult(
                    [
                        "eval", "--model", input.appending(path: "model").path, "--tasks",
                        "arc_easy", "--data", input.appending(path: "data").path, "--samples",
                        "s.jsonl", "--quiet",
                    ], in: folder)
                #expect(result.status == 0, "\(result.errors)")
                let line = try Data(contentsOf: folder.appending(path: "s.jsonl"))
                return try JSONDecoder().decode(Sample.self, from: line).logLikelihoods
            }
        }

        @Test("a text longer than the context is scored as lm-evaluation-harness scores it")
        func window() throws {
            let scores = try logLikelihoods("eval-window-one-short")
            expectClose(scores, [-59.28970, -38.33926], relative: 0, absolute: 1e-3)
        }

        @Test("an option that the context's last token swallows is scored by tokens of its own")
        func spanningToken() throws {
            let scores = try logLikelihoods("token-spans-join")
            #expect(scores.count == 3 && scores.allSatisfy { $0 < -1 }, "\(scores)")
        }

        @Test("what the model's own files say ends a text does so")
        func ends() throws {
            let input = try caseFolder("eos-outside-tokenizer-config")
            try withTemporaryFolder { folder in
                let shown = try LetheResult(
                    [
                        "data", "show", input.appending(path: "one.jsonl").path, "--model",
                        input.appending(path: "no_tokenizer_config").path,
                    ], in: folder)
                #expect(shown.errors.isEmpty && shown.output.contains("b<|endoftext|>"))
                let model = input.appending(path: "two_eos").path
                let written = try LetheResult(
                    ["generate", "--model", model, "--prompt", "Answer:", "--max-tokens", "8"],
                    in: folder)
                #expect(written.status == 0 && written.output == "\n", "\(written.output)")
            }
        }
    }
}

private let casesFolder: URL? = {
    guard let folder = sharedFolder?.appending(path: "cases"),
        FileManager.default.fileExists(atPath: folder.path)
    else { return nil }
    return folder
}()
