package import Foundation

extension JSONRows {
    /// The text of every row of a file, in order and on one line each: of a file of lines its own.
    ///
    /// - Parameter file: One that `read` has read without an error.
    /// - Returns: UTF-8 without line breaks.
    /// - Throws: `DatasetError.unreadable`, `.foreign`, or `.malformed` for what is no array of objects.
    package static func lines(of file: URL) throws(DatasetError) -> [Data] {
        let data = try FileContents.read(file)
        guard data.first(where: { !isSpace($0) }) == UInt8(ascii: "[") else {
            return data.split(separator: 0x0A).filter { !$0.allSatisfy(isSpace) }.map { line in
                line.last == 0x0D ? Data(line.dropLast()) : Data(line)
            }
        }
        do {
            let elements = try JSONSerialization.jsonObject(with: data) as? [Any] ?? []
            return try elements.map { element in
                try JSONSerialization.data(
                    withJSONObject: element,
                    options: [.sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed])
            }
        } catch {
            throw .malformed(
                path: file.path, problems: [.init(row: 1, reason: "\(error)")])
        }
    }
}
