/// The field in the bottom line for the text that arms are filtered by; the panes follow as it is
/// typed.
struct FilterPrompt: Sendable, Equatable {
    private(set) var text: String

    /// The longest text that fits.
    private static let capacity = 32

    /// Goes on with the filter that there is.
    init(text: String) { self.text = text }

    /// Takes the printable characters that fit.
    mutating func enter(_ more: String) {
        for scalar in more.unicodeScalars
        where text.count < Self.capacity && DisplayText.narrow(String(scalar)) == [scalar] {
            text.unicodeScalars.append(scalar)
        }
    }

    mutating func erase() {
        if !text.isEmpty { text.removeLast() }
    }

    /// Draws over the bottom line.
    func draw(in region: Region, on grid: inout CellGrid, scene: Scene) {
        grid.clear(region)
        var line = StyledText("/" + text, CellStyle(.accent, bold: true))
        line.append("_", CellStyle(.accent, bold: true))
        let listed = scene.rows.count { !$0.isNested }
        let all = Set(scene.history.arms.map(\.studyArm)).count
        let rest = scene.hasGrid ? "name, method, rate, seed" : "name or method"
        line.append(
            "  \(listed) of \(all) arms by \(rest); ! first inverts",
            CellStyle(.dim))
        grid.write(line, row: region.row, column: region.column, limit: region.columns)
    }
}
