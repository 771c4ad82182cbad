/// The sequences that are computed together: who is in, who waits, and which pages each has.
///
/// A sequence is a branch of the prompts' tree, which is computed once for all that continue it, or the
/// prompt and new tokens of a request. Pages are taken as sequences grow; where there are no more, the
/// sequence that came last gives up its own, waits, and is computed again later.
final class GenerationBatch {
    enum Purpose: Equatable {
        case branch(Int)
        case request(Int)
    }

    struct Member {
        let purpose: Purpose
        var tokens: [Int32]
        /// Tokens that the cache holds.
        var past: Int
        /// The pages of the cached tokens; the first are those of the branch that it continues.
        var pages: [Int]
        let sharedPages: Int

        var pending: Int { tokens.count - past }
    }

    /// Rows of one pass.
    struct Turn {
        let member: Int
        let count: Int
    }

    private struct Branch {
        /// Nil while it is not computed.
        var pages: [Int]?
        /// How many of them are its parent's.
        var sharedPages = 0
        /// Sequences and other branches that read its pages.
        var readers = 0
        /// Requests that continue it and are not done.
        var requests = 0
    }

    /// Sequences that are computed together at most: more make no better products.
    static let memberLimit = 64
    /// Rows of a pass, where more are not needed for one token of each member.
    static let rowLimit = 512

    private(set) var members: [Member] = []
    private let prompts: [[Int32]]
    private let tree: PromptTree
    let cache: KVCache
    private var branches: [Branch]
    /// Requests that are not in, the next one last.
    private var waiting: [Int]
    /// What requests have that were in before.
    private var interrupted: [Int: [Int32]] = [:]
    /// Whether pages ran out since a sequence was last done.
    private var isCrowded = false

    init(_ prompts: [[Int32]], tree: PromptTree, cache: KVCache) {
        self.prompts = prompts
        self.tree = tree
        self.cache = cache
        waiting = tree.order.reversed()
        branches = tree.branches.map { _ in Branch() }
        for request in prompts.indices {
            forEachBranch(from: tree.branch[request]) { branches[$0].requests += 1 }
        }
    }

    var isDone: Bool { members.isEmpty && waiting.isEmpty }

    // MARK: - Coming in

    /// Lets in who waits, as far as there is room.
    func admit() {
        while members.count < Self.memberLimit, !isCrowded || members.isEmpty,
            let request = waiting.last
        {
            if let missing = missingBranch(of: request) {
                let isComing = members.contains { $0.purpose == .branch(missing) }
                if !isComing { _ = start(missing) }
                return
            }
            let tokens = interrupted[request] ?? prompts[request]
            guard join(.request(request), tokens, continuing: tree.branch[request]) else { return }
            waiting.removeLast()
            interrupted[request] = nil
        }
    }

    /// The first branch on the way to a prompt that is not computed.
    private func missingBranch(of request: Int) -> Int? {
        var missing: Int?
        forEachBranch(from: tree.branch[request]) { if branches[$0].pages == nil { missing = $0 } }
        return missing
    }

    private func start(_ branch: Int) -> Bool {
        let place = tree.branches[branch]
        return join(
            .branch(branch), Array(prompts[place.prompt].prefix(place.length)),
            continuing: place.parent)
    }

    /// Takes a sequence in if its known tokens and one more find room, or if it is alone.
    private func join(
        _ purpose: Purpose, _ tokens: [Int32], continuing parent: Int?
    ) -> Bool {
        let past = parent.map { tree.branches[$0].length } ?? 0
        let whole = past / KVCache.pageTokens
        if let parent { branches[parent].readers += 1 }
        let needed = KVCache.pages(tokens: tokens.count + 1) - whole
        let hasRoom = makeRoom(needed) || members.isEmpty
        var pages = Array(parent.flatMap { branches[$0].pages }?.prefix(whole) ?? [])
        guard hasRoom, past % KVCache.pageTokens == 0 || copyLast(of: parent, at: whole, to: &pages)
        else {
            if let parent { branches[parent].readers -= 1 }
            return false
        }
        members.append(
            Member(purpose: purpose, tokens: tokens, past: past, pages: pages, sharedPages: whole))
        return true
    }

    /// A page that a branch fills in part is copied, for each that continues it fills it differently.
    private func copyLast(of branch: Int?, at index: Int, to pages: inout [Int]) -> Bool {
        guard let source = branch.flatMap({ branches[$0].pages }), makeRoom(1),
            let copy = cache.take(1)
        else { return false }
        cache.copy(page: source[index], to: copy[0])
        pages += copy
        return true
    }

    // MARK: - A pass

    /// Which members' tokens are computed next, in pages that are there.
    ///
    /// It is one token of each member that has one, and of the others as many as a pass takes.
    func nextPass() -> [Turn] {
        var rows = Self.rowLimit
        var counts = members.map { $0.pending == 1 ? 1 : 0 }
        rows -= counts.reduce(0, +)
        for index in members.indices where members[index].pending > 1 && rows > 0 {
            counts[index] = min(members[index].pending, rows)
            rows -= counts[index]
        }
        var index = 0
        while index < members.count {
            if provide(index, counts[index]) { index += 1 } else { interruptLast() }
        }
        return members.indices.filter { counts[$0] > 0 }.map { Turn(member: $0, count: counts[$0]) }
    }

    private func provide(_ index: Int, _ count: Int) -> Bool {
        let held = members[index].pages.count
        let needed = KVCache.pages(tokens: members[index].past + count) - held
        guard needed > 0 else { return true }
        guard makeRoom(needed), let pages = cache.take(needed) else { return false }
        members[index].pages += pages
        return true
    }

    /// Frees pages of branches that nobody reads now until so many are free.
    private func makeRoom(_ count: Int) -> Bool {
        while cache.freeCount < count {
            let isIdle = { (branch: Branch) in branch.pages != nil && branch.readers == 0 }
            guard let idle = branches.lastIndex(where: isIdle) else { return false }
            drop(idle)
        }
        return true
    }

    private func interruptLast() {
        guard members.count > 1, let last = members.popLast() else {
            preconditionFailure("a cache that is too small for one sequence")
        }
        isCrowded = true
        leave(last)
        if case .request(let request) = last.purpose {
            waiting.append(request)
            interrupted[request] = last.tokens
        }
    }

    /// Says that the rows of a pass are in the cache.
    func advance(_ turns: [Turn]) {
        for turn in turns { members[turn.member].past += turn.count }
    }

    func append(_ token: Int32, to member: Int) { members[member].tokens.append(token) }

    // MARK: - Leaving

    /// Takes out branches that are computed, and the members at these places, whose requests are done.
    func remove(_ done: Set<Int>) {
        var staying: [Member] = []
        for (index, member) in members.enumerated() {
            switch member.purpose {
            case .branch(let branch) where member.pending == 0:
                branches[branch].pages = member.pages
                branches[branch].sharedPages = member.sharedPages
                isCrowded = false
            case .request(let request) where done.contains(index):
                forEachBranch(from: tree.branch[request]) { branches[$0].requests -= 1 }
                leave(member)
                isCrowded = false
            default: staying.append(member)
            }
        }
        members = staying
    }

    /// Gives back what a member had.
    private func leave(_ member: Member) {
        cache.give(member.pages.dropFirst(member.sharedPages))
        let parent: Int? =
            switch member.purpose {
            case .branch(let branch): tree.branches[branch].parent
            case .request(let request): tree.branch[request]
            }
        if let parent { stopReading(parent) }
    }

    private func stopReading(_ branch: Int) {
        branches[branch].readers -= 1
        if branches[branch].readers == 0 && branches[branch].requests == 0 { drop(branch) }
    }

    /// Gives back the pages of a branch that nobody reads.
    private func drop(_ branch: Int) {
        cache.give((branches[branch].pages ?? []).dropFirst(branches[branch].sharedPages))
        branches[branch].pages = nil
        if let parent = tree.branches[branch].parent { stopReading(parent) }
    }

    /// A branch and those that it continues, the longest first.
    private func forEachBranch(from branch: Int?, _ body: (Int) -> Void) {
        var next = branch
        while let branch = next {
            body(branch)
            next = tree.branches[branch].parent
        }
    }
}
