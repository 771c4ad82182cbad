import Foundation

#if PLAIN
/// Starts libFuzzer in a build that has no coverage, and so not its `main` either.
@main
enum PlainMain {
    static func main() {
        var count = CommandLine.argc
        var arguments: Arguments? = CommandLine.unsafeArgv
        exit(runDriver(&count, &arguments) { testOneInput($0, $1) })
    }

    typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
}

/// `LLVMFuzzerRunDriver` of libFuzzer, which calls `LLVMFuzzerInitialize` itself.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<PlainMain.Arguments?>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
#endif
