internal import Datasets
import Foundation

/// A row of the requests that AI2's OLMES makes of a data set: one for each option of a document, with
/// the document in it.
///
/// Requests without the question, by which OLMES normalises, have documents' numbers from a million
/// on.
struct RequestRow<Document: Decodable>: Decodable {
    let number: Int
    let option: Int
    let document: Document?

    private enum Key: String, CodingKey {
        case document = "doc"
        case number = "doc_id"
        case option = "idx"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        number = try row.decode(Int.self, forKey: .number)
        option = try row.decodeIfPresent(Int.self, forKey: .option) ?? 0
        let isWanted = number < 1_000_000 && option == 0
        document = isWanted ? try row.decode(Document.self, forKey: .document) : nil
    }

    /// The documents of `file` in order, each once.
    static func documents(in file: URL) throws -> [Document] {
        let rows = try JSONRows.read(RequestRow.self, from: file).filter { $0.document != nil }
        guard rows.map(\.number) == Array(rows.indices) else {
            throw FormProblem("its documents are not in order")
        }
        return rows.compactMap(\.document)
    }
}
