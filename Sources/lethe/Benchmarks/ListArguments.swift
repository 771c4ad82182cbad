import ArgumentParser
import Studies

/// Whole numbers above 0, separated by commas.
struct CountList: ExpressibleByArgument {
    let values: [Int]

    init(_ value: Int) { values = [value] }

    init?(argument: String) {
        let values = argument.split(separator: ",", omittingEmptySubsequences: false)
            .map { Int($0) }
        guard values.allSatisfy({ $0.map { (1...1_000_000).contains($0) } ?? false }) else {
            return nil
        }
        self.values = values.compactMap(\.self)
    }

    var defaultValueDescription: String {
        values.map(String.init).joined(separator: ",")
    }
}

/// Methods of fine-tuning by name, separated by commas, or `all`.
struct MethodList: ExpressibleByArgument {
    static let known = MethodSettings.Name.allCases.map(\.rawValue).joined(separator: ", ")

    let values: [MethodSettings.Name]

    init(_ value: MethodSettings.Name) { values = [value] }

    init?(argument: String) {
        if argument == "all" {
            values = [.lora] + MethodSettings.Name.allCases.filter { $0 != .lora }
            return
        }
        let names = argument.split(separator: ",", omittingEmptySubsequences: false)
        values = names.compactMap { MethodSettings.Name(rawValue: String($0)) }
        guard values.count == names.count else { return nil }
    }

    var defaultValueDescription: String {
        values.map(\.rawValue).joined(separator: ",")
    }
}
