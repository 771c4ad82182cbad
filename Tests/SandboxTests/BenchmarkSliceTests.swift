import Foundation
import Sandbox
import TestSupport
import Testing

extension SandboxSuite {
    /// The solutions that come with HumanEval and MBPP pass, and broken ones do not.
    @Suite(
        Sandboxes.needsBubblewrap,
        .enabled(
            if: sharedFolder != nil, "the slices of the benchmarks are not beside the checkout"))
    struct BenchmarkSliceTests {
        private struct HumanEvalItem: Decodable {
            let prompt, canonical_solution, test, entry_point: String
        }
        private struct MBPPItem: Decodable {
            let code: String
            let test_list: [String]
            let test_setup_code: String
        }

        @Test("HumanEval") func humanEval() throws {
            let items = try Self.read(HumanEvalItem.self, "humaneval/HumanEval.jsonl")
            try Self.check(items) { item in
                SandboxedProgram(
                    source: item.prompt + item.canonical_solution,
                    tests: item.test + "\ncheck(\(item.entry_point))")
            }
        }

        /// `LETHE_WHOLE_SLICES` in the environment has all of them tried.
        @Test("MBPP, every twelfth") func mbpp() throws {
            let items = try Self.read(MBPPItem.self, "mbpp/mbpp.jsonl")
            let isWhole = ProcessInfo.processInfo.environment["LETHE_WHOLE_SLICES"] != nil
            try Self.check(stride(from: 0, to: items.count, by: isWhole ? 1 : 12).map { items[$0] })
            { item in
                SandboxedProgram(
                    source: item.code,
                    tests: ([item.test_setup_code] + item.test_list).joined(separator: "\n"))
            }
        }

        private static func check<Item>(
            _ items: [Item], _ program: (Item) -> SandboxedProgram
        ) throws {
            let sandbox = try ProgramSandbox()
            let right = items.map(program)
            let kinds = ["return 'something else'", "raise ValueError('broken')", "return ("]
            let broken = right.enumerated().map { index, program in
                SandboxedProgram(
                    source: program.source + breaking(kinds[index % 3]), tests: program.tests)
            }
            let results = sandbox.judge(right + broken) { _, _ in }
            for (index, result) in results.prefix(right.count).enumerated() {
                #expect(result.verdict == .pass, "item \(index): \(result)")
            }
            for (index, result) in results.dropFirst(right.count).enumerated() {
                let kind = index % 3
                let expected: [ProgramVerdict] = kind == 0 ? [.wrong, .exception] : [.exception]
                #expect(expected.contains(result.verdict), "broken item \(index): \(result)")
                if kind == 1 { #expect(result.reason == "ValueError: broken", "\(index)") }
            }
        }

        /// Python that replaces all functions of a program by those with another body.
        private static func breaking(_ body: String) -> String {
            lines(
                "", "def _broken(*a, **b): \(body)",
                "for _name, _x in list(globals().items()):",
                "    if type(_x) is type(_broken): globals()[_name] = _broken", "")
        }

        private static func read<Item: Decodable>(_: Item.Type, _ path: String) throws -> [Item] {
            let file = try #require(sharedFolder).appending(path: "data/\(path)")
            return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
                try JSONDecoder().decode(Item.self, from: Data($0.utf8))
            }
        }
    }
}
