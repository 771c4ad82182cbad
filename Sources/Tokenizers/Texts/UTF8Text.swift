/// Reading characters of UTF-8.
enum UTF8Text {
    /// The scalar at `position` of valid UTF-8 `bytes`, and its length in bytes.
    static func scalar(_ bytes: [UInt8], at position: Int) -> (scalar: Unicode.Scalar, length: Int)
    {
        let lead = bytes[position]
        if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
        let length = length(ofLead: lead)
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for byte in bytes[position + 1..<position + length] {
            value = value << 6 | UInt32(byte & 0x3F)
        }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }

    /// How many bytes a character has that begins with `lead`.
    static func length(ofLead lead: UInt8) -> Int {
        lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    }
}
