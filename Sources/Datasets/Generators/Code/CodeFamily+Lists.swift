extension CodeFamily {
    /// A family on one list of numbers.
    static func list(
        _ parts: @escaping @Sendable (inout CodeDraw, _ name: String) -> Parts<[Int]>
    ) -> CodeFamily {
        CodeFamily { draw in
            let name = draw.listName()
            let parts = parts(&draw, name)
            let samples = draw.lists()
            return parts.problem(&draw, name, samples: samples, literal: PythonValue.integers)
        }
    }

    static let onLists: [CodeFamily] = [
        list { draw, name in
            let test = draw.condition()
            return Parts(
                "the items of \(name) that are \(test.words)",
                "[x for x in \(name) if \(test.python("x"))]"
            ) { .integers($0.filter(test.holds)) }
        },
        list { draw, name in
            let test = draw.condition()
            return Parts(
                "how many items of \(name) are \(test.words)",
                "sum(1 for x in \(name) if \(test.python("x")))"
            ) { .integer($0.filter(test.holds).count) }
        },
        list { draw, name in
            let test = draw.condition()
            return Parts(
                "the sum of the items of \(name) that are \(test.words)",
                "sum(x for x in \(name) if \(test.python("x")))"
            ) { .integer($0.filter(test.holds).reduce(0, +)) }
        },
        list { draw, name in
            let test = draw.condition()
            return Parts(
                "True if any item of \(name) is \(test.words)",
                "any(\(test.python("x")) for x in \(name))"
            ) { .truth($0.contains(where: test.holds)) }
        },
        list { draw, name in
            let test = draw.condition()
            return Parts(
                "True if every item of \(name) is \(test.words)",
                "all(\(test.python("x")) for x in \(name))"
            ) { .truth($0.allSatisfy(test.holds)) }
        },
        list { draw, name in
            let change = draw.operation()
            return Parts(
                "a list with each item of \(name) \(change.words)",
                "[x \(change.python) for x in \(name)]"
            ) { .integers($0.map(change.apply)) }
        },
        list { draw, name in
            let change = draw.operation()
            let test = draw.condition()
            return Parts(
                "each item of \(name) \(change.words) if the item is \(test.words)",
                "[x \(change.python) for x in \(name) if \(test.python("x"))]"
            ) { .integers($0.filter(test.holds).map(change.apply)) }
        },
        list { draw, name in
            let change = draw.operation()
            return Parts("the sum of \(name) \(change.words)", "sum(\(name)) \(change.python)") {
                .integer(change.apply($0.reduce(0, +)))
            }
        },
        list { draw, name in
            let constant = draw.constant()
            return Parts(
                "the largest item of \(name), or \(constant) if it is empty",
                "max(\(name)) if \(name) else \(constant)"
            ) { .integer($0.max() ?? constant) }
        },
        list { draw, name in
            let constant = draw.constant()
            return Parts(
                "the smallest item of \(name), or \(constant) if it is empty",
                "min(\(name)) if \(name) else \(constant)"
            ) { .integer($0.min() ?? constant) }
        },
        list { draw, name in
            let constant = draw.constant()
            return Parts("True if \(constant) is in \(name)", "\(constant) in \(name)") {
                .truth($0.contains(constant))
            }
        },
        list { draw, name in
            let constant = draw.constant()
            return Parts(
                "how often \(constant) occurs in \(name)", "\(name).count(\(constant))"
            ) { items in .integer(items.count { $0 == constant }) }
        },
        list { draw, name in
            let change = draw.operation()
            return Parts("the length of \(name) \(change.words)", "len(\(name)) \(change.python)") {
                .integer(change.apply($0.count))
            }
        },
    ]

    static let onSlices: [CodeFamily] = [
        list { draw, name in
            let count = draw.count()
            return Parts("the first \(count) items of \(name)", "\(name)[:\(count)]") {
                .integers(Array($0.prefix(count)))
            }
        },
        list { draw, name in
            let count = draw.count()
            return Parts("the last \(count) items of \(name)", "\(name)[-\(count):]") {
                .integers(Array($0.suffix(count)))
            }
        },
        list { draw, name in
            let count = draw.count()
            return Parts("\(name) without its first \(count) items", "\(name)[\(count):]") {
                .integers(Array($0.dropFirst(count)))
            }
        },
        list { draw, name in
            let step = draw.count()
            return Parts("the items of \(name) at a step of \(step)", "\(name)[::\(step)]") {
                items in
                .integers(items.indices.filter { $0 % step == 0 }.map { items[$0] })
            }
        },
        list { draw, name in
            let count = draw.count()
            return Parts(
                "the first \(count) items of \(name) in reverse order", "\(name)[:\(count)][::-1]"
            ) { .integers($0.prefix(count).reversed()) }
        },
        list { draw, name in
            let count = draw.count()
            return Parts("the \(count) smallest items of \(name)", "sorted(\(name))[:\(count)]") {
                .integers(Array($0.sorted().prefix(count)))
            }
        },
        list { draw, name in
            let count = draw.count()
            return Parts(
                "the \(count) largest items of \(name)",
                "sorted(\(name), reverse=True)[:\(count)]"
            ) { .integers(Array($0.sorted(by: >).prefix(count))) }
        },
        list { draw, name in
            let change = draw.operation()
            return Parts("the last item of \(name) \(change.words)", "\(name)[-1] \(change.python)")
            {
                .integer(change.apply($0.last ?? 0))
            }
        },
        list { draw, name in
            let change = draw.operation()
            return Parts("the first item of \(name) \(change.words)", "\(name)[0] \(change.python)")
            {
                .integer(change.apply($0.first ?? 0))
            }
        },
    ]
}
