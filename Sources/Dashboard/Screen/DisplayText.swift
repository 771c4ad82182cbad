/// Makes any text fit for a grid in which every scalar takes exactly one column.
enum DisplayText {
    /// The scalars of `text`, one per column: wide and unprintable ones become `?`, marks that
    /// take no column are dropped.
    static func narrow(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.compactMap { scalar in
            if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7f ? scalar : "?" }
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format: return nil
            case .control, .surrogate, .privateUse, .unassigned, .lineSeparator,
                .paragraphSeparator:
                return "?"
            default: return isWide(scalar) ? "?" : scalar
            }
        }
    }

    /// The columns that `text` takes.
    static func width(_ text: String) -> Int { narrow(text).count }

    /// `text` cut to `width` columns; a cut is shown by `ellipsis`.
    static func fitted(_ text: String, width: Int, ellipsis: Unicode.Scalar) -> String {
        var scalars = narrow(text)
        if scalars.count > max(0, width) {
            scalars = Array(scalars.prefix(max(0, width)))
            if width > 1 { scalars[width - 1] = ellipsis }
        }
        return string(scalars)
    }

    /// A name cut in its middle, because names that share a beginning differ at the end.
    static func fittedName(_ name: String, width: Int, ellipsis: Unicode.Scalar) -> String {
        let scalars = narrow(name)
        guard scalars.count > width, width >= 5 else {
            return fitted(name, width: width, ellipsis: ellipsis)
        }
        let tail = (width - 1) / 2
        return string(scalars.prefix(width - 1 - tail) + [ellipsis] + scalars.suffix(tail))
    }

    /// `text` broken between words into lines of at most `width` columns; a longer word is broken too.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [[Unicode.Scalar]] = []
        for word in narrow(text).split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] += [" "] + word
            } else {
                var rest = word
                repeat {
                    lines.append(Array(rest.prefix(max(1, width))))
                    rest = rest.dropFirst(max(1, width))
                } while !rest.isEmpty
            }
        }
        return lines.map(string)
    }

    /// `text` with blanks added to the right up to `width` columns.
    static func padded(_ text: String, width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - self.width(text)))
    }

    /// `text` with blanks added to the left up to `width` columns.
    static func rightAligned(_ text: String, width: Int) -> String {
        String(repeating: " ", count: max(0, width - self.width(text))) + text
    }

    private static func string(_ scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Unicode's East Asian Width W and F, in whole blocks, and emoji.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE10...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
            0x1AFF0...0x1B2FF, 0x1F000...0x1FBFF, 0x20000...0x3FFFD:
            true
        default: scalar.properties.isEmojiPresentation
        }
    }
}
