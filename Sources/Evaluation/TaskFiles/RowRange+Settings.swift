package import Datasets
package import Settings

extension RowRange {
    /// The rows that the key `rows` of a group names; nil where it names none.
    package init?(in section: SettingsSection) {
        guard section.value("rows") != nil else { return nil }
        let rows = section.section("rows")
        defer { rows.finish() }
        let most = Int(Int32.max)
        let first = rows.integer("from", default: 0, in: 0...most)
        let last = rows.integer("to", default: most, in: 0...most)
        if first > last { rows.problem("to", "is \(last), before \(first)") }
        self.init(
            field: rows.text("field", hint: "name the field with the number of a row"),
            range: first...max(first, last))
    }
}
