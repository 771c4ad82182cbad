internal import Foundation
internal import Models

/// The modules that an adapter's configuration names, as PEFT finds them in a model.
///
/// Source: PEFT 0.21.2, `check_target_module_exists` and `_maybe_include_all_linear_layers`.
struct TargetModules {
    private enum Rule {
        /// Whole names, or their last parts.
        case names(Set<String>)
        case allLinear
        case pattern(NSRegularExpression)
    }

    private let rule: Rule

    /// - Returns: Nil if the value is neither names nor an expression.
    init?(_ value: FileValue) {
        if let names = value.strings {
            rule = .names(Set(names))
        } else if value.string == "all-linear" {
            rule = .allLinear
        } else if let text = value.string, text.utf8.count <= Self.longestPattern,
            let pattern = try? NSRegularExpression(pattern: "\\A(?:\(text))\\z")
        {
            rule = .pattern(pattern)
        } else {
            return nil
        }
    }

    private static let longestPattern = 4096

    /// The projections that are named in every layer.
    ///
    /// A sentence for all that is named and gets no adapter is added to `problems`.
    func projections(of configuration: ModelConfiguration, _ problems: inout [String])
        -> Set<Projection>
    {
        let layers = 0..<configuration.layerCount
        var targets: Set<Projection> = []
        for projection in configuration.projections {
            let count = layers.count {
                contains(configuration.declaration(.weight(projection), layer: $0).module)
            }
            if count == layers.count { targets.insert(projection) }
            if count > 0, count < layers.count {
                problems.append(
                    "target_modules names \(configuration.path(of: projection)) in \(count) of \(layers.count) layers; "
                        + "only all or none are supported")
            }
        }
        for table in VocabularyTable.allCases {
            let module = configuration.declaration(table).module
            guard !isAllLinear, contains(module) else { continue }
            problems.append(
                "target_modules names \(configuration.name(of: table)), which takes no adapter here"
            )
        }
        if targets.isEmpty, problems.isEmpty {
            problems.append("target_modules names no module of the model")
        }
        return targets
    }

    /// All linear layers but the head.
    private var isAllLinear: Bool { if case .allLinear = rule { true } else { false } }

    private func contains(_ module: String) -> Bool {
        switch rule {
        case .names(let names):
            let parts = module.split(separator: ".")
            return parts.indices.contains { names.contains(parts[$0...].joined(separator: ".")) }
        case .allLinear: return true
        case .pattern(let pattern): return Self.matches(pattern, module)
        }
    }

    /// Whether the whole name fits; an expression that takes long for one does not.
    private static func matches(_ pattern: NSRegularExpression, _ name: String) -> Bool {
        var (isMatch, reports) = (false, 0)
        let range = NSRange(location: 0, length: name.utf16.count)
        pattern.enumerateMatches(in: name, options: .reportProgress, range: range) {
            result, _, stop in
            reports += 1
            isMatch = result != nil
            if isMatch || reports > mostReports { stop.pointee = true }
        }
        return isMatch
    }

    private static let mostReports = 10
}

extension ModelConfiguration {
    /// PEFT's name of a table's module: the last part of its path.
    func name(of table: VocabularyTable) -> String {
        String(declaration(table).module.split(separator: ".").last ?? "")
    }

    /// The table that a name in an adapter's configuration means.
    func table(named name: String) -> VocabularyTable? {
        VocabularyTable.allCases.first {
            name == self.name(of: $0) || name == declaration($0).module
        }
    }
}
