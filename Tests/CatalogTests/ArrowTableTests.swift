import Catalog
import Foundation
import Testing

@Suite struct ArrowTableTests {
    @Test("columns of numbers, texts and lists of texts, in several batches")
    func table() throws {
        let rows = try ArrowTable(Self.sample).rows
        #expect(
            rows.map(\.values) == [
                [
                    "ind": .integer(3), "answer": .integer(0), "question": .text("a"),
                    "choices": .texts(["p", "q"]),
                ],
                [
                    "ind": .integer(-4), "answer": .integer(1),
                    "question": .text("n\u{E9}, \"x\"\n"),
                    "choices": .texts([]),
                ],
                [
                    "ind": .integer(5), "answer": .integer(2), "question": .text(""),
                    "choices": .texts(["r \u{E9}"]),
                ],
            ])
        #expect(try rows[1].integer("ind") == -4)
        #expect(throws: FormProblem.self) { try rows[0].text("ind") }
        #expect(throws: FormProblem.self) { try rows[0].texts("none") }
    }

    @Test("missing values and other types are refused")
    func refusals() {
        #expect(throws: FormProblem.self) { try ArrowTable(Self.withoutValue) }
        #expect(throws: FormProblem.self) { try ArrowTable(Self.withFractions) }
        #expect(throws: FormProblem.self) { try ArrowTable(Data("no table".utf8)) }
    }

    @Test("a damaged table is an error or another table, and never more")
    func damage() {
        for length in 0..<Self.sample.count { _ = try? ArrowTable(Self.sample.prefix(length)) }
        for place in Self.sample.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var bytes = Self.sample
                bytes[place] = value
                _ = try? ArrowTable(bytes)
            }
        }
    }

    /// What pyarrow 26 writes of three rows, two in a batch.
    private static let sample = decoded(
        """
        /////zgBAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAQAAADUAAAAkAAAAFwA
        AAAEAAAATP///wAAAQwUAAAAHAAAAAQAAAABAAAAFAAAAAcAAABjaG9pY2VzAKz///94////AAABBRAAAAAYAAAA
        BAAAAAAAAAAEAAAAaXRlbQAAAADU////oP///wAAAQUQAAAAIAAAAAQAAAAAAAAACAAAAHF1ZXN0aW9uAAAAAAQA
        BAAEAAAA0P///wAAAQIQAAAAGAAAAAQAAAAAAAAABgAAAGFuc3dlcgAAxP///wAAAAFAAAAAEAAUAAgABgAHAAwA
        AAAQABAAAAAAAAECEAAAABwAAAAEAAAAAAAAAAMAAABpbmQACAAMAAgABwAIAAAAAAAAASAAAAD/////aAEAABQA
        AAAAAAAADAAWAAYABQAIAAwADAAAAAADBAAYAAAAcAAAAAAAAAAAAAoAGAAMAAQACAAKAAAA3AAAABAAAAACAAAA
        AAAAAAAAAAAMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAEAAAAAAA
        AAAYAAAAAAAAACgAAAAAAAAAAAAAAAAAAAAoAAAAAAAAAAwAAAAAAAAAOAAAAAAAAAAKAAAAAAAAAEgAAAAAAAAA
        AAAAAAAAAABIAAAAAAAAAAwAAAAAAAAAWAAAAAAAAAAAAAAAAAAAAFgAAAAAAAAADAAAAAAAAABoAAAAAAAAAAYA
        AAAAAAAAAAAAAAUAAAACAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAAAAAAACAAAA
        AAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAAAAAAAMAAAD8////BQAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAgAAAAAA
        AAAAAAAAAQAAAAoAAAAAAAAAYW7DqSwgIngiCgAAAAAAAAAAAAACAAAAAgAAAAAAAAAAAAAAAQAAAAIAAAAAAAAA
        cHFyIMOpAAD/////aAEAABQAAAAAAAAADAAWAAYABQAIAAwADAAAAAADBAAYAAAAMAAAAAAAAAAAAAoAGAAMAAQA
        CAAKAAAA3AAAABAAAAABAAAAAAAAAAAAAAAMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAIAAAA
        AAAAAAAAAAAAAAAACAAAAAAAAAAIAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAgAAAAAAAAAGAAAAAAA
        AAAAAAAAAAAAABgAAAAAAAAAAAAAAAAAAAAYAAAAAAAAAAgAAAAAAAAAIAAAAAAAAAAAAAAAAAAAACAAAAAAAAAA
        CAAAAAAAAAAoAAAAAAAAAAQAAAAAAAAAAAAAAAUAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAEA
        AAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAUAAAAAAAAAAgAAAAAAAAAAAAAA
        AAAAAAAAAAABAAAAAAAAAAQAAAByIMOpAAAAAP////8AAAAA
        """)

    /// A column of one text and of one that is missing.
    private static let withoutValue = decoded(
        """
        /////3AAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAEAAAAUAAAAEAAUAAgA
        BgAHAAwAAAAQABAAAAAAAAEFEAAAABgAAAAEAAAAAAAAAAEAAABhAAAABAAEAAQAAAAAAAAA/////5gAAAAUAAAA
        AAAAAAwAFgAGAAUACAAMAAwAAAAAAwQAGAAAACAAAAAAAAAAAAAKABgADAAEAAgACgAAAEwAAAAQAAAAAgAAAAAA
        AAAAAAAAAwAAAAAAAAAAAAAAAQAAAAAAAAAIAAAAAAAAAAwAAAAAAAAAGAAAAAAAAAABAAAAAAAAAAAAAAABAAAA
        AgAAAAAAAAABAAAAAAAAAAEAAAAAAAAAAAAAAAEAAAABAAAAAAAAAHgAAAAAAAAA/////wAAAAA=
        """)

    /// A column with one number of eight bytes with a fraction.
    private static let withFractions = decoded(
        """
        /////3AAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAEAAAAUAAAAEAAUAAgA
        BgAHAAwAAAAQABAAAAAAAAEDEAAAABgAAAAEAAAAAAAAAAEAAABhAAYACAAGAAYAAAAAAAIA/////4gAAAAUAAAA
        AAAAAAwAFgAGAAUACAAMAAwAAAAAAwQAGAAAAAgAAAAAAAAAAAAKABgADAAEAAgACgAAADwAAAAQAAAAAQAAAAAA
        AAAAAAAAAgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAAEAAAABAAAAAAAAAAAAAAAAAAAA
        AAAAAAAA+D//////AAAAAA==
        """)

    private static func decoded(_ text: String) -> Data {
        Data(base64Encoded: text, options: .ignoreUnknownCharacters) ?? Data()
    }
}
