/// A key of a row, whatever it is.
struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// Whether a value of a row says anything: null, false, and empty texts, lists and objects do not.
struct ValuePresence: Decodable {
    let saysSomething: Bool

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            saysSomething = false
        } else if let flag = try? value.decode(Bool.self) {
            saysSomething = flag
        } else if let text = try? value.decode(String.self) {
            saysSomething = !text.isEmpty
        } else if let list = try? decoder.unkeyedContainer() {
            saysSomething = !list.isAtEnd
        } else {
            let object = try? decoder.container(keyedBy: AnyKey.self)
            saysSomething = object.map { !$0.allKeys.isEmpty } ?? true
        }
    }
}

extension KeyedDecodingContainer<AnyKey> {
    /// Whether the row has a value under this name that says anything.
    func says(_ name: String) -> Bool {
        (try? decodeIfPresent(ValuePresence.self, forKey: AnyKey(name)))?.saysSomething ?? false
    }
}
