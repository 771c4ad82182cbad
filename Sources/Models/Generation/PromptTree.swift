/// Which beginnings a number of prompts share: a tree whose branches are tokens.
///
/// A branch stands for tokens that at least two prompts go through. It is worth a branch if it is a
/// page of the cache longer than the one that it continues. Every prompt keeps at least one token for
/// itself, from which its first new token is predicted.
package struct PromptTree {
    /// Tokens that several prompts begin with.
    package struct Branch: Equatable {
        /// The branch that this one continues.
        package var parent: Int?
        /// All tokens up to its end, those of its parents included.
        package var length: Int
        /// A prompt that begins with them.
        package var prompt: Int
    }

    package private(set) var branches: [Branch] = []
    /// The longest branch that each prompt continues.
    package private(set) var branch: [Int?]
    /// The prompts with those that share their beginnings side by side.
    package let order: [Int]

    package init(_ prompts: [[Int32]]) {
        order = prompts.indices.sorted {
            Self.precedes(prompts[$0], prompts[$1]) || (prompts[$0] == prompts[$1] && $0 < $1)
        }
        branch = prompts.map { _ in nil }
        let shared = zip(order, order.dropFirst()).map { left, right in
            min(
                Self.common(prompts[left], prompts[right]),
                min(prompts[left].count, prompts[right].count) - 1)
        }
        grow(0..<order.count, from: nil, shared)
    }

    /// Puts branches under those of the prompts in a range of the order that continue a branch.
    private mutating func grow(_ range: Range<Int>, from parent: Int?, _ shared: [Int]) {
        let least = (parent.map { branches[$0].length } ?? 0) + KVCache.pageTokens
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound && shared[end - 1] >= least { end += 1 }
            if end - start > 1 {
                let length = shared[start..<end - 1].reduce(.max, min)
                branches.append(Branch(parent: parent, length: length, prompt: order[start]))
                let new = branches.count - 1
                for place in start..<end { branch[order[place]] = new }
                grow(start..<end, from: new, shared)
            }
            start = end
        }
    }

    private static func common(_ left: [Int32], _ right: [Int32]) -> Int {
        var count = 0
        let most = min(left.count, right.count)
        while count < most && left[count] == right[count] { count += 1 }
        return count
    }

    private static func precedes(_ left: [Int32], _ right: [Int32]) -> Bool {
        let count = common(left, right)
        guard count < left.count && count < right.count else { return left.count < right.count }
        return left[count] < right[count]
    }
}
