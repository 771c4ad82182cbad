import Foundation
import Platform

/// The lines that a tester sends, while its program is handed over and what both interpreters write
/// is counted and thrown away.
struct PairLines {
    /// What came first.
    enum Occurrence: Equatable {
        case line(String)
        /// The tester is gone.
        case end
        case late
        /// Too much was written.
        case flood
        case givenUp
    }

    private static let longestLine = 4096
    private static let keptOutput = 2000

    private let ends: PairDescriptors
    private let outputLimit: Int
    private var received = Data()
    private var isEnded = false
    private var isSilent = false
    private var outputBytes = 0
    private var output = Data()
    private var job = Data()

    init(_ ends: PairDescriptors, outputLimit: Int) {
        self.ends = ends
        self.outputLimit = outputLimit
    }

    /// Has a program sent while `next` waits.
    mutating func hand(over program: SandboxedProgram) {
        for text in [program.source, program.tests] {
            let bytes = Data(text.utf8)
            withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { job.append(contentsOf: $0) }
            job.append(bytes)
        }
    }

    /// Waits for the next line, or for what makes waiting for it useless.
    mutating func next(within seconds: Double, _ isGivenUp: () -> Bool) -> Occurrence {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            if outputBytes > outputLimit { return .flood }
            if let line = takeLine() { return .line(line) }
            if isEnded || received.count > Self.longestLine { return .end }
            if isGivenUp() { return .givenUp }
            let left = (deadline - ContinuousClock.now) / .milliseconds(1)
            guard left > 0 else { return .late }
            attend(milliseconds: Int32(min(left.rounded(.up), 50)))
        }
    }

    /// What was written first, in one line.
    var words: String {
        String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).first
            .map(String.init) ?? ""
    }

    /// Closes this end of everything.
    func close() { ends.closeOurs() }

    private mutating func takeLine() -> String? {
        guard let end = received.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { received = Data(received[(end + 1)...]) }
        return String(decoding: received[..<end], as: UTF8.self)
    }

    /// Waits for the descriptors once, and moves what can be moved.
    private mutating func attend(milliseconds: Int32) {
        var waiting = [
            pollfd(fd: isEnded ? -1 : ends.verdict.reader, events: Int16(POLLIN), revents: 0),
            pollfd(fd: isSilent ? -1 : ends.output.reader, events: Int16(POLLIN), revents: 0),
            pollfd(fd: job.isEmpty ? -1 : ends.job.writer, events: Int16(POLLOUT), revents: 0),
        ]
        guard poll(&waiting, nfds_t(waiting.count), milliseconds) > 0 else { return }
        // What was written before the verdict counts: a pipe holds no more than one reading takes.
        if waiting[1].revents != 0 { readOutput() }
        if waiting[0].revents != 0 { readVerdict() }
        if waiting[2].revents != 0 { sendJob() }
    }

    private mutating func readVerdict() {
        let bytes = Self.read(ends.verdict.reader)
        isEnded = bytes.isEmpty
        received.append(bytes)
    }

    private mutating func readOutput() {
        let bytes = Self.read(ends.output.reader)
        isSilent = bytes.isEmpty
        outputBytes += bytes.count
        output.append(bytes.prefix(Self.keptOutput - output.count))
    }

    private mutating func sendJob() {
        let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
        let count = job.withUnsafeBytes { send(ends.job.writer, $0.baseAddress, $0.count, flags) }
        // A tester that is gone is seen where it would tell the verdict.
        job = count < 0 ? Data() : Data(job.dropFirst(count))
    }

    private static func read(_ descriptor: Int32) -> Data {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = Foundation.read(descriptor, &buffer, buffer.count)
        return Data(buffer[..<max(0, count)])
    }
}
