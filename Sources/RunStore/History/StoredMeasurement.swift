import RunEvents

/// Reads the lines that a log mostly consists of, measurements as `EventLog` writes them, without a
/// general reader of JSON.
///
/// A line of any other form gives nil, whatever it holds, and is left to `JSONDecoder`; a line that is
/// read gives what `JSONDecoder` gives.
struct StoredMeasurement {
    private var bytes: JSONBytes

    private init(_ bytes: JSONBytes) { self.bytes = bytes }

    /// The event of a line; nil if the line is not in the form of a measurement.
    static func event(_ line: UnsafeRawBufferPointer) -> StampedEvent? {
        var reader = StoredMeasurement(JSONBytes(line))
        return reader.event()
    }

    private mutating func event() -> StampedEvent? {
        guard bytes.skip("{\"event\":{\"observation\":{"), let seen = observation(),
            bytes.skip("},\"type\":\"observed\"},\"seconds\":"), let seconds = bytes.number(),
            bytes.skip("}"), bytes.isAtEnd
        else { return nil }
        return StampedEvent(seconds: seconds, event: .observed(seen))
    }

    private mutating func observation() -> Observation? {
        guard bytes.skip("\"arm\":"), let arm = bytes.text(),
            let count = optional(",\"count\":", { $0.integer() }),
            let error = optional(",\"error\":", { $0.number() }),
            bytes.skip(",\"kind\":"),
            let kind = bytes.text().flatMap(ObservationKind.init(rawValue:)),
            bytes.skip(",\"metric\":"), let metric = bytes.text(),
            bytes.skip(",\"note\":"), let note = bytes.text(),
            bytes.skip(",\"seconds\":"), let seconds = bytes.number(),
            bytes.skip(",\"step\":"), let step = bytes.integer(),
            bytes.skip(",\"task\":"), let task = bytes.text(),
            bytes.skip(",\"tokens\":"), let tokens = bytes.integer(),
            bytes.skip(",\"value\":"), let value = bytes.number()
        else { return nil }
        return Observation(
            arm: arm, step: step, tokens: tokens, seconds: seconds, kind: kind, task: task,
            metric: metric, value: value, note: note, error: error, count: count)
    }

    /// A value behind a key that need not be there: nil if what stands behind the key is none.
    private mutating func optional<Value>(
        _ key: StaticString, _ read: (inout JSONBytes) -> Value?
    ) -> Value?? {
        guard bytes.skip(key) else { return .some(nil) }
        return read(&bytes).map { .some($0) }
    }
}
