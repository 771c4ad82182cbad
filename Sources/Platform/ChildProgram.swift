package import Foundation

/// Another program, run to its end, with no open file but its three streams.
package struct ChildProgram: Sendable {
    /// How a program ended and what it wrote.
    package struct Outcome: Sendable {
        /// Its exit status, or 128 + n after signal n.
        package let status: Int32
        /// Standard output, with standard error where that was asked for.
        package let output: Data
    }

    private let arguments: [String]
    private let environment: [String: String]
    private let joinsErrors: Bool

    /// - Parameters:
    ///   - arguments: The program, found on the path of `environment`, and its arguments.
    ///   - environment: The program's.
    ///   - joinsErrors: Whether its standard error is read too; else it is thrown away.
    package init(
        _ arguments: [String],
        environment: [String: String] = ProcessInfo.processInfo.environment,
        joinsErrors: Bool = false
    ) {
        self.arguments = arguments
        self.environment = environment
        self.joinsErrors = joinsErrors
    }

    /// Runs it.
    ///
    /// - Parameters:
    ///   - input: Its standard input; empty without one.
    ///   - limit: The most bytes that are read of it; a program that writes more is ended.
    /// - Returns: How it ended.
    /// - Throws: `FileError` if it cannot be started, or writes more.
    package func run(input: URL? = nil, limit: Int = .max) throws(FileError) -> Outcome {
        let output: DescriptorPair
        do throws(SystemReason) { output = try DescriptorPair() } catch {
            throw FileError("start", name, error.description)
        }
        defer { close(output.reader) }
        let child = try start(writer: output.writer, input: input)
        let written = Self.read(output.reader, limit: limit)
        if written == nil { child.send(SIGTERM) }
        let status = child.wait()
        guard let written else { throw FileError("read", name, "it writes over \(limit) bytes") }
        return Outcome(status: status, output: written)
    }

    private var name: String { arguments.first ?? "" }

    private func start(writer: Int32, input: URL?) throws(FileError) -> RunningProgram {
        defer { close(writer) }
        let source = input ?? URL(filePath: "/dev/null")
        let reader = open(source.path, O_RDONLY | O_CLOEXEC)
        guard reader >= 0 else { throw .last("read", source) }
        defer { close(reader) }
        return try RunningProgram(
            RunningProgram.Start(
                arguments, environment: environment,
                descriptors: [reader, writer, joinsErrors ? writer : nil]))
    }

    /// All that is written, or nil if it is more than `limit`.
    private static func read(_ descriptor: Int32, limit: Int) -> Data? {
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return data }
            guard data.count + count <= limit else { return nil }
            data.append(contentsOf: buffer[..<count])
        }
    }
}
