/// A priority queue whose smallest element comes out first.
struct BinaryHeap<Element: Comparable> {
    private var elements: [Element] = []

    /// Adds an element.
    ///
    /// - Complexity: O(log count).
    mutating func push(_ element: Element) {
        var child = elements.count
        elements.append(element)
        while child > 0 {
            let parent = (child - 1) / 2
            guard elements[child] < elements[parent] else { return }
            elements.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the smallest element, or nil if there is none.
    ///
    /// - Complexity: O(log count).
    mutating func popSmallest() -> Element? {
        guard let last = elements.popLast() else { return nil }
        guard let smallest = elements.first else { return last }
        elements[0] = last
        sink(from: 0)
        return smallest
    }

    /// Removes all elements and keeps the storage.
    mutating func removeAll() {
        elements.removeAll(keepingCapacity: true)
    }

    private mutating func sink(from start: Int) {
        var parent = start
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < elements.count && elements[child] < elements[smallest] {
                smallest = child
            }
            guard smallest != parent else { return }
            elements.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
