internal import Settings

/// Changes to a study that the command line asks for; they come before the file.
package struct StudyOverrides: Sendable, Equatable {
    /// Each `key.path=value`; an arm is `arms[0]` or `arms.<its name>`, a value is YAML.
    package var settings: [String]
    /// The only seed.
    package var seed: Int?
    /// Steps of every arm; shortens the warm-up and the intervals that would not fit.
    package var steps: Int?
    /// The arms that stay; nil for all.
    package var arms: [String]?

    package init(
        settings: [String] = [], seed: Int? = nil, steps: Int? = nil, arms: [String]? = nil
    ) {
        self.settings = settings
        self.seed = seed
        self.steps = steps
        self.arms = arms
    }

    /// Applies all of them; what cannot be applied is reported.
    func apply(to root: inout SettingsNode, report: SettingsReport) {
        for setting in settings { Self.set(setting, in: &root, report: report) }
        if let seed { Self.setSeed(seed, in: &root) }
        if let steps { Self.setSteps(steps, in: &root) }
        if let arms { Self.choose(arms, in: &root, report: report) }
    }

    // MARK: - --set

    private static func set(_ setting: String, in root: inout SettingsNode, report: SettingsReport)
    {
        let option = "--set \(setting)"
        func refuse(_ text: String) { report.add(text, path: "", origin: .option(option)) }
        guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex else {
            return refuse("needs the form key.path=value")
        }
        guard let path = keys(setting[..<equals]) else {
            return refuse("`\(setting[..<equals])` is not a key path such as arms[0].rank")
        }
        do {
            let text = String(setting[setting.index(after: equals)...])
            let value = try SettingsYAML.read(text, option: option)
            if let missing = put(value, at: path[...], in: &root) {
                refuse("there is no `\(missing)` in the study")
            }
        } catch {
            refuse("the value is not valid YAML; quote it")
        }
    }

    /// `arms[1].rank` as `arms`, `1`, `rank`; nil if it is malformed.
    private static func keys(_ path: Substring) -> [Substring]? {
        let keys = path.split(separator: ".", omittingEmptySubsequences: false).flatMap { part in
            part.hasSuffix("]")
                ? part.dropLast().split(separator: "[", omittingEmptySubsequences: false) : [part]
        }
        return keys.contains { $0.isEmpty || $0.contains("]") } ? nil : keys
    }

    /// Returns the list entry that was not found, or nil.
    private static func put(
        _ value: SettingsNode, at path: ArraySlice<Substring>, in node: inout SettingsNode
    ) -> Substring? {
        guard let key = path.first else {
            node = value
            return nil
        }
        if var items = node.items {
            let named = items.firstIndex { $0.value(of: "name")?.text == String(key) }
            guard let index = Int(key) ?? named, items.indices.contains(index) else { return key }
            let missing = put(value, at: path.dropFirst(), in: &items[index])
            node.content = .sequence(items)
            return missing
        }
        if path.count == 1 {
            node.set(String(key), to: value)
            return nil
        }
        var below =
            node.value(of: String(key)) ?? SettingsNode(content: .null, origin: value.origin)
        let isNew = node.value(of: String(key)) == nil
        let missing = put(value, at: path.dropFirst(), in: &below)
        if isNew { node.set(String(key), to: below) } else { node.replace(String(key), by: below) }
        return missing
    }

    // MARK: - --seed, --steps, --arms

    private static func setSeed(_ seed: Int, in root: inout SettingsNode) {
        let origin = SettingsOrigin.option("--seed \(seed)")
        let value = SettingsNode(content: .scalar(String(seed)), origin: origin)
        root.set("seeds", to: SettingsNode(content: .sequence([value]), origin: origin))
        root.remove("added_seeds")
        changeArms(in: &root) { $0.remove("seed") }
    }

    private static func setSteps(_ steps: Int, in root: inout SettingsNode) {
        let value = SettingsNode(
            content: .scalar(String(steps)), origin: .option("--steps \(steps)"))
        _ = put(value, at: ["train", "steps"], in: &root)
        changeArms(in: &root) { $0.remove("steps") }
        guard steps > 0 else { return }
        for (group, key) in [
            ("train", "warmup_steps"), ("evaluate", "every"), ("checkpoint", "every"),
        ] {
            let present = root.value(of: group)?.value(of: key)?.text.flatMap { Int($0) }
            if let present, present > steps {
                _ = put(value, at: [group[...], key[...]], in: &root)
            }
        }
        shortenRestarts(to: max(1, steps - 1), origin: value.origin, in: &root)
    }

    private static func shortenRestarts(
        to steps: Int, origin: SettingsOrigin?, in root: inout SettingsNode
    ) {
        let value = SettingsNode(content: .scalar(String(steps)), origin: origin)
        changeArms(in: &root) { arm in
            guard let every = arm.value(of: "restart_every")?.text.flatMap({ Int($0) }),
                every > steps
            else { return }
            arm.set("restart_every", to: value)
            let warmup = arm.value(of: "restart_warmup")?.text.flatMap { Int($0) }
            if let warmup, warmup > steps { arm.set("restart_warmup", to: value) }
        }
    }

    private static func choose(
        _ names: [String], in root: inout SettingsNode, report: SettingsReport
    ) {
        guard let items = root.value(of: "arms")?.items else { return }
        let option = SettingsOrigin.option("--arms \(names.joined(separator: ","))")
        let present = items.compactMap { $0.value(of: "name")?.text }
        for name in names where !present.contains(name) {
            let hint = "the study has " + present.joined(separator: ", ")
            report.add("there is no arm `\(name)`; \(hint)", path: "", origin: option)
        }
        let chosen = items.filter { item in
            item.value(of: "name")?.text.map(names.contains) ?? false
        }
        for item in chosen {
            // Without the arm its name could mean another size.
            guard let match = item.value(of: "match")?.text, present.contains(match),
                !names.contains(match)
            else { continue }
            let name = item.value(of: "name")?.text ?? ""
            report.add(
                "`\(name)` matches `\(match)`, which is left out; name it too", path: "",
                origin: option)
        }
        if names.contains(where: present.contains) {
            root.replace("arms", by: SettingsNode(content: .sequence(chosen), origin: option))
        } else if names.isEmpty {
            report.add("names no arm", path: "", origin: option)
        }
    }

    private static func changeArms(
        in root: inout SettingsNode, _ change: (inout SettingsNode) -> Void
    ) {
        guard var arms = root.value(of: "arms"), var items = arms.items else { return }
        for index in items.indices { change(&items[index]) }
        arms.content = .sequence(items)
        root.replace("arms", by: arms)
    }
}

extension SettingsNode {
    /// Changes the value of a present key, which stays where it was written.
    fileprivate mutating func replace(_ key: String, by value: SettingsNode) {
        guard var entries, let index = entries.firstIndex(where: { $0.key == key }) else { return }
        entries[index].value = value
        content = .mapping(entries)
    }
}
