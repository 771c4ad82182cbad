internal import CKernels

/// The library that computes matrix products, found when the program runs.
package enum BLAS {
    /// The name of the built-in loop among the libraries.
    package static let portable = "portable"

    /// Path or soname of the library in use; `portable` when none was found.
    package static var name: String { String(cString: lk_blas_name()) }
    /// What the library says of itself: version and core; may be empty.
    package static var summary: String { String(cString: lk_blas_description()) }

    /// Loads a library by path; false, and nothing changes, if it cannot be used.
    @discardableResult
    package static func load(path: String) -> Bool { lk_blas_load(path) }

    /// Calls `body` with every library in use that this machine has, the one in use now first.
    ///
    /// Nothing else may compute products meanwhile.
    ///
    /// - Returns: What `body` returned, by library. Afterwards the first is in use again.
    package static func withEach<Result>(
        _ body: () throws -> Result
    ) rethrows -> [(name: String, result: Result)] {
        let first = name
        defer { load(path: first) }
        return try ([first] + candidates.filter { $0 != first }).compactMap { candidate in
            load(path: candidate) ? (candidate, try body()) : nil
        }
    }

    private static var candidates: [String] {
        var names: [String] = []
        while let name = lk_blas_candidate(names.count) { names.append(String(cString: name)) }
        return names
    }
}
