import RunEvents
import Testing

@Suite struct StopTokenTests {
    @Test("urgency only rises")
    func urgencyOnlyRises() {
        let token = StopToken()
        #expect(token.request == .none)
        token.ask(.abandon)
        token.ask(.afterStep)
        #expect(token.request == .abandon)
    }
}
