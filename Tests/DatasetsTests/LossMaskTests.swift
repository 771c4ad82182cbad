import Datasets
import Testing

@Suite struct LossMaskTests {
    @Test(
        "each mask weighs template, constant, instruction, response and its marks",
        arguments: [
            (LossMask.response, [0, 0, 0, 1, 1]), (.all, [0, 1, 1, 1, 1]),
            (.boilerplate, [0, 0, 1, 1, 1]), (.promptWeight(0.25), [0, 0.25, 0.25, 1, 1]),
        ] as [(LossMask, [Float])])
    func weights(mask: LossMask, expected: [Float]) {
        #expect(TextSpan.Role.allCases.map(mask.weight(of:)) == expected)
    }

    @Test("the ends of the prompt weight are response and all")
    func ends() {
        for role in TextSpan.Role.allCases {
            #expect(LossMask.promptWeight(0).weight(of: role) == LossMask.response.weight(of: role))
            #expect(LossMask.promptWeight(1).weight(of: role) == LossMask.all.weight(of: role))
        }
    }

    @Test("a mask reads its own spelling", arguments: ["response", "all", "boilerplate", "0.1"])
    func spelling(text: String) throws {
        #expect(try LossMask(parsing: text).description == text)
    }

    @Test("other spellings are errors", arguments: ["", "respones", "-0.1", "1.5", "nan", "inf"])
    func unknown(text: String) {
        #expect(throws: DatasetError.unknownLossMask(text)) { try LossMask(parsing: text) }
    }
}
