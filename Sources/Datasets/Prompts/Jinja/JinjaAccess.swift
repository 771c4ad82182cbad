/// The parts of values: attributes, items and slices.
enum JinjaAccess {
    /// `value.name`: a method, or else a key; undefined if there is neither.
    static func attribute(
        _ name: String, of value: JinjaValue
    ) throws(JinjaError) -> JinjaValue {
        switch value {
        case .undefined(let owner): throw JinjaError("'\(owner)' is undefined")
        case .text where JinjaMethods.ofTexts[name] != nil,
            .mapping where JinjaMethods.ofMappings[name] != nil:
            return .function(.method(name, of: value))
        case .mapping(let mapping): return mapping[JinjaText(name)] ?? .undefined(name)
        case .namespace(let namespace):
            return namespace.values[JinjaText(name)] ?? .undefined(name)
        default: return .undefined(name)
        }
    }

    /// `value[index]`; undefined if there is none.
    static func item(_ index: JinjaValue, of value: JinjaValue) throws(JinjaError) -> JinjaValue {
        switch (value, index) {
        case (.undefined(let owner), _): throw JinjaError("'\(owner)' is undefined")
        case (.mapping(let mapping), .text(let key)):
            if let found = mapping[key] { return found }
            return try attribute(key.string, of: value)
        case (_, .text(let key)): return try attribute(key.string, of: value)
        case (.list(let items), _):
            return try position(index, of: items.count).map { items[$0] } ?? .undefined("an item")
        case (.text(let text), _):
            return try position(index, of: text.count).map {
                .text(JinjaText([text.letters[$0]]))
            } ?? .undefined("a character")
        default: return .undefined("an item")
        }
    }

    private static func position(
        _ index: JinjaValue, of count: Int
    ) throws(JinjaError) -> Int? {
        guard let index = index.asInteger else {
            throw JinjaError("an index is \(index.kind)")
        }
        let position = index < 0 ? index.addingReportingOverflow(count).partialValue : index
        return (0..<count).contains(position) ? position : nil
    }

    /// What stands in `value[from:to:step]`.
    static func slice(
        _ value: JinjaValue, from: Int?, to: Int?, step: Int?
    ) throws(JinjaError) -> JinjaValue {
        let step = step ?? 1
        guard step != 0 else { throw JinjaError("the step of a slice is 0") }
        switch value {
        case .list(let items):
            return .list(indices(items.count, from, to, step).map { items[$0] })
        case .text(let text):
            return .text(
                JinjaText(indices(text.count, from, to, step).map { text.letters[$0] }))
        case .undefined(let owner): throw JinjaError("'\(owner)' is undefined")
        default: throw JinjaError("\(value.kind) is sliced")
        }
    }

    /// The indices that Python takes.
    private static func indices(_ count: Int, _ from: Int?, _ to: Int?, _ step: Int) -> [Int] {
        let lowest = step > 0 ? 0 : -1
        let highest = step > 0 ? count : count - 1
        let clamped = { (bound: Int) in
            let position = bound < 0 ? max(bound, -count - 1) + count : bound
            return min(max(position, lowest), highest)
        }
        let start = from.map(clamped) ?? (step > 0 ? lowest : highest)
        let end = to.map(clamped) ?? (step > 0 ? highest : lowest)
        return Array(stride(from: start, to: end, by: step))
    }
}
