import Catalog
import Foundation
import TestSupport
import Testing

@Suite struct PublishedFormTests {
    @Test("ARC: question, options and the right one; requests of other kinds are passed over")
    func arc() throws {
        let rows = #"""
            {"doc_id": 0, "idx": 0, "doc": {"id": "m1", "query": "Question:  Why \u00e9?\nAnswer:", "choices": ["a", "b", "c"], "gold": 2}}
            {"doc_id": 0, "idx": 1, "doc": {"id": "m1", "query": "Question:  Why \u00e9?\nAnswer:", "choices": ["a", "b", "c"], "gold": 2}}
            {"doc_id": 1000000, "idx": 0, "doc": {"id": "m1", "query": "Question:  Why \u00e9?\nAnswer:", "choices": ["a", "b", "c"], "gold": 2}}
            """#
        #expect(
            try Self.made(.arc, of: rows)
                == #"{"choices":["a","b","c"],"gold":2,"id":"m1","question":" Why é?"}"#)
    }

    @Test("OpenBookQA and CommonsenseQA: a nested question with letters")
    func nested() throws {
        let row =
            #"{"doc_id": 0, "idx": 0, "doc": {"id": "7", "query": "Question: The sun\nAnswer:", "#
            + #""choices": ["x", "y"], "gold": 1}}"#
        let expected =
            #"{"answerKey":"B","id":"7","question":{"choices":[{"label":"A","text":"x"},"#
            + #"{"label":"B","text":"y"}],"stem":"The sun"}}"#
        #expect(try Self.made(.openBookQA, of: row) == expected)
        #expect(try Self.made(.commonsenseQA, of: row) == expected)
    }

    @Test("BoolQ: passage and question come apart at the last mark")
    func boolQ() throws {
        let row =
            #"{"doc_id": 0, "idx": 0, "doc": {"idx": 4, "query": "T -- a\nQuestion: b\n"#
            + #"Question: is it?\nAnswer:", "choices": ["yes", "no"], "gold": 1}}"#
        #expect(
            try Self.made(.boolQ, of: row)
                == #"{"idx":4,"label":false,"passage":"T -- a\nQuestion: b","question":"is it"}"#)
    }

    @Test(
        "rows whose fields are those of the published file",
        arguments: [
            (
                PublishedForm.winoGrande,
                #"{"answer":"1","option1":"a","option2":"b","sentence":"A _."}"#
            ),
            (.piqa, #"{"goal":"g","label":1,"sol1":" a","sol2":"b"}"#),
            (.gsm8k, #"{"answer":"1+1=<<1+1=2>>2\n#### 2","question":"q?"}"#),
            (
                .mbpp,
                #"{"challenge_test_list":[],"code":"def f():\r\n\treturn 1","task_id":11,"#
                    + #""test_list":["assert f() == 1"],"test_setup_code":"","text":"t"}"#
            ),
        ])
    func asTheyAre(form: PublishedForm, row: String) throws {
        #expect(try Self.made(form, of: #"{"doc_id":0,"idx":0,"doc":\#(row)}"#) == row)
    }

    @Test("LAMBADA: the last word comes back behind a space")
    func lambada() throws {
        let row = #"{"doc_id":0,"idx":0,"doc":{"id":0,"query":"he said “a","choices":["b”"]}}"#
        #expect(try Self.made(.lambada, of: row) == #"{"text":"he said “a b”"}"#)
    }

    @Test("what is not as expected is an error that names the file")
    func problems() throws {
        let documents = [
            #"{"id": "a", "query": "Why?", "choices": ["a", "b"], "gold": 0}"#,
            #"{"id": "a", "query": "Question: x\nAnswer:", "choices": ["a", "b"], "gold": 2}"#,
            #"{"id": "a"}"#,
        ]
        for document in documents {
            #expect(throws: CatalogError.self) {
                try Self.made(.arc, of: #"{"doc_id":0,"idx":0,"doc":\#(document)}"#)
            }
        }
        let gap = #"{"doc_id":1,"idx":0,"doc":{"question":"q","answer":"a"}}"#
        #expect(throws: CatalogError.self) { try Self.made(.gsm8k, of: gap) }
    }

    @Test("MMLU: fields in quotes where they need them, and the answer's letter")
    func mmlu() throws {
        let table = try #require(
            Data(base64Encoded: Self.question, options: .ignoreUnknownCharacters))
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "data.arrow")
            try table.write(to: file)
            let text = String(
                decoding: try PublishedForm.mmlu.data(of: file, rows: 1), as: UTF8.self)
            #expect(text == "\" Which \"\"é\"\"?\n1. x\",a,\"b, c\",d,\"e\rf\",C\n")
        }
    }

    /// What pyarrow 26 writes of one question.
    private static let question = """
        /////zgBAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAQAAADUAAAAmAAAAE \
        AAAAAEAAAATP///wAAAQIQAAAAIAAAAAQAAAAAAAAABgAAAGFuc3dlcgAACAAMAAgABwAIAAAAAAAAAUAAAACE \
        ////AAABDBQAAAAcAAAABAAAAAEAAAAUAAAABwAAAGNob2ljZXMAdP///7D///8AAAEFEAAAABgAAAAEAAAAAA \
        AAAAQAAABpdGVtAAAAAJz////Y////AAABBRAAAAAYAAAABAAAAAAAAAAHAAAAc3ViamVjdADE////EAAUAAgA \
        BgAHAAwAAAAQABAAAAAAAAEFEAAAACAAAAAEAAAAAAAAAAgAAABxdWVzdGlvbgAAAAAEAAQABAAAAAAAAAD/// \
        //eAEAABQAAAAAAAAADAAWAAYABQAIAAwADAAAAAADBAAYAAAAaAAAAAAAAAAAAAoAGAAMAAQACAAKAAAA7AAA \
        ABAAAAABAAAAAAAAAAAAAAANAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAAAAAAAAIAAAAAAAAABEAAA \
        AAAAAAIAAAAAAAAAAAAAAAAAAAACAAAAAAAAAACAAAAAAAAAAoAAAAAAAAAAEAAAAAAAAAMAAAAAAAAAAAAAAA \
        AAAAADAAAAAAAAAACAAAAAAAAAA4AAAAAAAAAAAAAAAAAAAAOAAAAAAAAAAUAAAAAAAAAFAAAAAAAAAACQAAAA \
        AAAABgAAAAAAAAAAAAAAAAAAAAYAAAAAAAAAAIAAAAAAAAAAAAAAAFAAAAAQAAAAAAAAAAAAAAAAAAAAEAAAAA \
        AAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAEQ \
        AAACBXaGljaCAiw6kiPwoxLiB4AAAAAAAAAAAAAAABAAAAcwAAAAAAAAAAAAAABAAAAAAAAAABAAAABQAAAAYA \
        AAAJAAAAAAAAAGFiLCBjZGUNZgAAAAAAAAACAAAAAAAAAP////8AAAAA
        """

    /// The line that `form` makes of requests with one document.
    private static func made(_ form: PublishedForm, of requests: String) throws -> String {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "requests.jsonl")
            try Data((requests + "\n").utf8).write(to: file)
            let data = try form.data(of: file, rows: 1)
            return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
        }
    }
}
