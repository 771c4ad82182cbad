import Foundation
import RunEvents
import RunStore
import TestSupport
import Testing

/// Lines of measurements are read without a general reader of JSON, and mean the same.
@Suite struct StoredMeasurementTests {
    /// A line as the log has it; a blank behind its first brace leaves it to the general reader.
    private static func line(_ value: String, step: String = "3", arm: String = "\"full\"")
        -> String
    {
        #"{"event":{"observation":{"arm":\#(arm),"count":8,"error":0.25,"kind":"target","#
            + #""metric":"loss","note":"","seconds":1.5,"step":\#(step),"task":"code","tokens":9,"#
            + #""value":\#(value)},"type":"observed"},"seconds":2.5}"#
    }

    private func read(_ line: String) throws -> (events: [String], damage: String?) {
        try withTemporaryFolder { parent in
            let folder = try SampleRun.folder(in: parent)
            let header = #"{"file":"lethe-events","schemaVersion":1}"#
            let known = String(decoding: try Self.start(), as: UTF8.self)
            try Data("\(header)\n\(known)\n\(line)\n".utf8).write(to: folder.eventsFile)
            let run = try RecordedRun.read(folder)
            return (try run.events().map { "\($0)" }, run.damage?.reason)
        }
    }

    private static func start() throws -> Data {
        try RunJSON.encoder().encode(SampleRun.everyEvent[0])
    }

    private func expectSame(_ line: String) throws {
        let general = "{ " + line.dropFirst()
        let (fast, slow) = (try read(line), try read(general))
        #expect(fast.events == slow.events, "\(line)")
        #expect(fast.damage == slow.damage, "\(line)")
    }

    @Test(
        "numbers of every form",
        arguments: [
            "0", "-0", "1", "-1.5", "0.1", "1e5", "1E-7", "2.5e+3", "1e-400", "1e400", "-1e999",
            "123456789012345678901234567890", "0.1234567890123456789", "9007199254740993",
            "2.2250738585072011e-308", "1.7976931348623157e308", "4.35", "179.00000000000001",
            "01", "1.", ".5", "+1", "1e", "--1", "0x10", "1_0", "NaN", "nan", "\"nan\"", "\"inf\"",
            "\"-inf\"", "\"1\"", "null", "true", "\"\"", "[1]", "",
        ])
    func numbers(_ text: String) throws {
        try expectSame(Self.line(text))
        try expectSame(Self.line("1", step: text))
    }

    @Test("numbers that a run writes come back to the last bit")
    func written() throws {
        var random = SmallGenerator(state: 3)
        for _ in 0..<300 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            let events = try read(Self.line("\(value)")).events
            #expect(events.last?.contains("value: \(value)") == true)
        }
    }

    @Test(
        "texts of every form",
        arguments: [
            "\"lora-r8\"", "\"\"", "\"fu\\u006cl\"", "\"a\\\"b\"", "\"ложь\"", "\"\u{7F}\"",
            "\"full", "full", "\"full\",\"arm\":\"full\"", "\"\\ud800\"",
        ])
    func texts(_ text: String) throws { try expectSame(Self.line("1", arm: text)) }

    @Test("lines that only begin or end like a measurement")
    func others() throws {
        let line = Self.line("1")
        for other in [
            line + " ", line + "}", String(line.dropLast()),
            line.replacing("tokens", with: "token"),
            line.replacing(#""count":8,"#, with: ""), line.replacing(#""error":0.25,"#, with: ""),
            line.replacing(#""count":8,"#, with: #""count":"8","#),
            line.replacing("target", with: "goal"), line.replacing("observed", with: "started"),
        ] {
            try expectSame(other)
        }
    }
}
