/// The day that a template is told.
extension JinjaRenderer {
    /// The names of the day that stands for every day, 26 July 2024: the one that Llama 3's own
    /// templates take where they are told none.
    private static let words: [Unicode.Scalar: String] = [
        "d": "26", "m": "07", "Y": "2024", "y": "24", "b": "Jul", "B": "July", "A": "Friday",
        "a": "Fri", "H": "00", "M": "00", "S": "00", "j": "208", "%": "%",
    ]

    /// The day in a format of C's `strftime`.
    static func day(_ format: JinjaText) throws(JinjaError) -> JinjaText {
        var text = ""
        var isField = false
        for scalar in format.letters.lazy.map(\.scalar) {
            if isField {
                guard let word = words[scalar] else {
                    throw JinjaError("strftime_now is asked for %\(scalar)")
                }
                text += word
            } else if scalar != "%" {
                text.unicodeScalars.append(scalar)
            }
            isField = !isField && scalar == "%"
        }
        return JinjaText(text)
    }
}
