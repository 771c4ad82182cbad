import Foundation
import Platform
import RunEvents
import RunStore
import Synchronization

/// What single items add to the numbers of stored runs, read on a thread of its own: there can be far more
/// of it than of everything else that a run says.
final class FollowedItems: Sendable {
    /// What a run's items have told.
    struct News: Sendable {
        var run: Int
        var event: RunEvent
    }

    private struct State {
        var followers: [ItemFollower]
        /// How often reading has begun anew.
        var age = 0
        var waiting: [News] = []
        /// By run, what cannot be read.
        var problems: [String?]
    }

    private let folders: [RunFolder]
    private let state: Mutex<State>

    /// Bytes of a run that are read before anything is shown, and at once later.
    private static let (first, piece) = (64 << 20, 1 << 20)
    /// News that nobody has taken, beyond which nothing more is read, and how many are taken at once.
    private static let (most, some) = (1 << 14, 512)
    private static let pause = 0.2

    init(_ folders: [RunFolder]) {
        self.folders = folders
        state = Mutex(Self.beginning(folders))
    }

    private static func beginning(_ folders: [RunFolder]) -> State {
        State(
            followers: folders.map { ItemFollower($0) },
            problems: [String?](repeating: nil, count: folders.count))
    }

    /// Reads what is there, but not without end, and then goes on by itself.
    ///
    /// - Returns: What it has read.
    func begin() -> [News] {
        look(upTo: Self.first)
        follow()
        return state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
    }

    /// Without a thread nothing more is read, and the verdict rests on what there is.
    private func follow() {
        try? CheckedThread.start("items", stackSize: 1 << 20) { [weak self] in
            while let hasNews = self?.look(upTo: Self.piece) {
                if !hasNews { Thread.sleep(forTimeInterval: Self.pause) }
            }
        }
    }

    /// The next of what has been read.
    func take() -> [News] {
        state.withLock { state in
            defer { state.waiting.removeFirst(min(Self.some, state.waiting.count)) }
            return Array(state.waiting.prefix(Self.some))
        }
    }

    /// By run, what of its items cannot be read.
    var problems: [String?] { state.withLock { $0.problems } }

    /// Reads everything anew.
    func restart() {
        state.withLock { state in
            let age = state.age + 1
            state = Self.beginning(folders)
            state.age = age
        }
    }

    /// What a run's items are called beside those of the others.
    private func name(_ run: Int) -> String {
        (folders.count == 1 ? "" : "\(run + 1)/") + "items/scores.bin"
    }

    /// Reads once; the lock is not held meanwhile.
    ///
    /// - Returns: Whether there may be more already.
    @discardableResult
    private func look(upTo limit: Int) -> Bool {
        let (age, isFull) = state.withLock { ($0.age, $0.waiting.count >= Self.most) }
        guard !isFull else { return false }
        var followers = state.withLock { $0.followers }
        var news: [News] = []
        var problems: [String?] = []
        var hasRead = false
        for run in followers.indices {
            var problem: String?
            do {
                let events = try followers[run].poll(upTo: limit)
                hasRead = hasRead || events != nil
                news += (events ?? []).map { News(run: run, event: $0) }
            } catch {
                problem = "\(error)"
            }
            problems.append(problem ?? followers[run].damage?.text(of: name(run)))
        }
        state.withLock { state in
            guard state.age == age else { return }
            state.followers = followers
            state.waiting += news
            state.problems = problems
        }
        return hasRead
    }
}
