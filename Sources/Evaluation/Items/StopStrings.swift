/// Ends a generated text where the model starts something that was not asked for.
package enum StopStrings {
    /// `text` up to the first occurrence of each of `stops`, applied one after the other.
    package static func cut(_ text: String, at stops: [String]) -> String {
        var scalars = text.unicodeScalars[...]
        for stop in stops where !stop.isEmpty {
            if let found = scalars.firstRange(of: stop.unicodeScalars) {
                scalars = scalars[..<found.lowerBound]
            }
        }
        return String(scalars)
    }

    /// Whether any of `stops` occurs in `text`, so that generation may end.
    package static func occur(in text: String, _ stops: [String]) -> Bool {
        stops.contains { !$0.isEmpty && text.unicodeScalars.contains($0.unicodeScalars) }
    }
}
