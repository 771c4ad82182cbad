import RunEvents
import Testing

@Suite struct TotalArithmeticTests {
    @Test(
        "any number has a whole part",
        arguments: [
            (0.9, 0), (-1.9, -1), (1e300, .max), (-1e300, .min), (.infinity, .max),
            (-.infinity, .min), (.nan, 0), (9.3e18, .max), (4e18, 4_000_000_000_000_000_000),
        ] as [(Double, Int)])
    func whole(value: Double, expected: Int) {
        #expect(Int(saturating: value) == expected)
    }

    @Test(
        "a sum stops at the ends",
        arguments: [
            ([], 0), ([1, 2, -4], -1), ([.max, 1], .max), ([.min, -1], .min),
            ([.max, 1, -1], .max - 1),
        ] as [([Int], Int)])
    func sum(values: [Int], expected: Int) {
        #expect(values.saturatingSum == expected)
    }
}
