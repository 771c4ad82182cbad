/// Reads RFC 4180 text back, to check what was written.
package func csvRecords(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var isQuoted = false
    var characters = Array(text.unicodeScalars)[...]
    while let character = characters.popFirst() {
        switch character {
        case "\"" where isQuoted && characters.first == "\"":
            characters.removeFirst()
            field += "\""
        case "\"": isQuoted.toggle()
        case "," where !isQuoted:
            record.append(field)
            field = ""
        case "\n" where !isQuoted:
            records.append(record + [field])
            (record, field) = ([], "")
        default: field.unicodeScalars.append(character)
        }
    }
    return records
}
