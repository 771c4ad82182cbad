/// The names of a part of a template, within those of what is around it.
///
/// A loop's round and a macro's call have scopes of their own, so that what they set is gone after
/// them.
final class JinjaScope {
    private var values: [String: JinjaValue]
    private let outer: JinjaScope?

    init(_ values: [String: JinjaValue] = [:], in outer: JinjaScope? = nil) {
        self.values = values
        self.outer = outer
    }

    subscript(name: String) -> JinjaValue? {
        get {
            var scope: JinjaScope? = self
            while let current = scope {
                if let value = current.values[name] { return value }
                scope = current.outer
            }
            return nil
        }
        set { values[name] = newValue }
    }
}
