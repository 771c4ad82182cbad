import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite struct GeneratorsCodeTests {
    private static let data = CodeDataset(seed: EmbeddedData.seed)
    private static let train = data.records(isEvaluation: false, count: 3000)
    private static let evaluation = data.records(isEvaluation: true, count: 240)

    private struct Row: Decodable {
        let instruction: String
        let output: String
        let tests: [String]
    }

    private func decode(_ rows: [JSONLine]) throws -> [Row] {
        try rows.map { try JSONDecoder().decode(Row.self, from: Data($0.json.utf8)) }
    }

    @Test func everyFamilyMakesBothSidesOfTheSplit() {
        #expect(CodeFamily.all.count >= 40)
        var draw = CodeDraw(random: SeededRandom(seed: 2))
        for family in CodeFamily.all {
            let problems = (0..<200).map { _ in family.make(&draw) }
            #expect(problems.contains { $0.isEvaluated })
            #expect(problems.contains { !$0.isEvaluated })
            #expect(problems.allSatisfy { (2...3).contains($0.tests.count) })
        }
    }

    @Test func descriptionDecidesTheSolution() {
        var draw = CodeDraw(random: SeededRandom(seed: 3))
        var bodies: [String: [String]] = [:]
        for turn in 0..<4000 {
            let problem = CodeFamily.all[turn % CodeFamily.all.count].make(&draw)
            let body = problem.body.map { line in
                line.split(separator: problem.name, omittingEmptySubsequences: false)
                    .joined(separator: "f")
            }
            #expect(bodies[problem.content, default: body] == body)
            bodies[problem.content] = body
        }
    }

    @Test func evaluationIsNotInTraining() throws {
        let train = try decode(Self.train)
        let evaluation = try decode(Self.evaluation)
        func description(_ row: Row) -> String {
            let name = row.output.dropFirst(4).prefix { $0 != "(" }
            return row.instruction.components(separatedBy: name).joined()
                .components(separatedBy: "returns").last ?? ""
        }
        let known = Set(train.map(description))
        #expect(known.count > 1000)
        #expect(evaluation.allSatisfy { !known.contains(description($0)) })
        #expect(Set((train + evaluation).map { $0.instruction }).count == 3240)
    }

    @Test func recordsAreShort() throws {
        let sizes = try decode(Self.train).map { $0.instruction.utf8.count + $0.output.utf8.count }
        #expect((sizes.max() ?? 0) <= 260)
        #expect(sizes.count { $0 >= 120 } * 10 >= sizes.count * 8)
    }

    @Test(.enabled(if: PythonProgram.isInstalled, "python3 is not installed"))
    func solutionsPassTheirTests() throws {
        try withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("records.jsonl")
            let rows = Array(Self.train.prefix(1500)) + Self.evaluation
            try Data(JSONLine.lines(rows).utf8).write(to: file)
            let script = """
                import json, sys
                for line in open(sys.argv[1]):
                    row = json.loads(line)
                    space = {}
                    exec(row["output"], space)
                    for test in row["tests"]:
                        exec(test, space)
                """
            #expect(try PythonProgram.run(script, file.path) == 0)
        }
    }

    @Test(.enabled(if: PythonProgram.isInstalled, "python3 is not installed"))
    func modulesCompile() throws {
        try withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("modules.jsonl")
            let rows = Self.data.modules(isEvaluation: true, count: 120)
            try Data(JSONLine.lines(rows).utf8).write(to: file)
            let script = """
                import json, sys
                for line in open(sys.argv[1]):
                    exec(json.loads(line)["text"], {})
                """
            #expect(try PythonProgram.run(script, file.path) == 0)
        }
    }
}

/// Runs our own generated functions; nothing a model wrote.
private enum PythonProgram {
    static let isInstalled = (try? run("pass", "")) == 0

    static func run(_ script: String, _ argument: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, argument]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
