/// What the two interpreters of a program execute: the Python of this target's `Python` folder.
enum InterpreterSource: Sendable {
    /// Executes the program.
    case worker
    /// Executes the tests, and tells the verdict.
    case tester

    /// Its text.
    var text: String {
        let common = [
            PackageResources.encoding_py, PackageResources.decoding_py, PackageResources.remote_py,
            PackageResources.link_py,
        ]
        let own =
            switch self {
            case .worker: PackageResources.worker_py
            case .tester: PackageResources.tester_py
            }
        return (common + [own]).map { String(decoding: $0, as: UTF8.self) }
            .joined(separator: "\n\n")
    }
}
