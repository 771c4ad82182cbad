import Foundation

/// The few SVG elements that the plots consist of.
enum SVG {
    /// A coordinate, with at most two decimals.
    static func number(_ value: Double) -> String {
        TableRow.text((value * 100).rounded() / 100)
    }

    static func text(
        _ text: String, x: Double, y: Double, anchor: String, attributes: String = ""
    ) -> String {
        "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\""
            + (attributes.isEmpty ? "" : " " + attributes) + ">\(escaped(text))</text>\n"
    }

    static func rule(from start: (x: Double, y: Double), to end: (x: Double, y: Double)) -> String {
        "<line x1=\"\(number(start.x))\" y1=\"\(number(start.y))\" x2=\"\(number(end.x))\""
            + " y2=\"\(number(end.y))\" stroke=\"#dddddd\"/>\n"
    }

    /// A line through the points, with a dot at each.
    static func polyline(_ points: [(x: Double, y: Double)], color: String) -> String {
        let path = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
        let dots = points.map { point in
            "<circle cx=\"\(number(point.x))\" cy=\"\(number(point.y))\" r=\"2\""
                + " fill=\"\(color)\"/>\n"
        }
        return "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(color)\""
            + " stroke-width=\"2\"/>\n" + dots.joined()
    }

    static func document(width: Double, height: Double, body: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" \
        height="\(number(height))" viewBox="0 0 \(number(width)) \(number(height))" \
        font-family="sans-serif" font-size="12" fill="#222222">
        <rect width="100%" height="100%" fill="#ffffff"/>
        \(body)</svg>

        """
    }

    /// Text that is safe between tags; characters that XML forbids become spaces.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\u{0}"..<" ", "\u{7F}", "\u{FFFE}", "\u{FFFF}": escaped += " "
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
