import Tensors
import Testing

@Suite struct RotaryTableTests {
    @Test("positions are worked out when they are used, and are the same in any order")
    func growth() throws {
        let table = try RotaryTable(headSize: 4, positionCount: 1 << 24, theta: 100)
        #expect(table.filled == 0)
        let late = table.factors(position: 1000, pair: 1)
        #expect(table.filled == 1001)
        let other = try RotaryTable(headSize: 4, positionCount: 2000, theta: 100)
        for position in 0...1000 { _ = other.factors(position: position, pair: 0) }
        #expect(late == other.factors(position: 1000, pair: 1))
        #expect(other.filled == 1001)
    }
}
