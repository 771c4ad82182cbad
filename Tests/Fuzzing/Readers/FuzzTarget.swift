import Foundation

/// What libFuzzer calls once before anything else.
///
/// The reader under test is the argument `--reader=NAME`; libFuzzer passes over arguments with two
/// dashes. `--readers` lists all of them instead.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
    if CommandLine.arguments.contains("--readers") {
        for reader in Reader.all { print(reader.name) }
        exit(0)
    }
    FuzzSession.shared.prepare()
    return 0
}

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzSession.shared.read(Data(buffer: UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
