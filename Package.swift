// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// Kernels stay optimised in debug builds, so that `swift test` runs at a sensible speed.
let kernelSpeed: [SwiftSetting] = [
    .unsafeFlags(["-Ounchecked"], .when(configuration: .release)),
    .unsafeFlags(["-O"], .when(configuration: .debug)),
]

/// Statistics that resample stay optimised too.
let resamplingSpeed: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let strictC: [CSetting] = [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])]

/// The order of this list is the order of the design: a target imports only targets above it.
let targets: [Target] = [
    .target(name: "Platform", swiftSettings: strict),
    .target(
        name: "Settings", dependencies: [.product(name: "Yams", package: "Yams")],
        swiftSettings: strict),
    .target(
        name: "Sandbox", dependencies: ["Platform"],
        resources: ["encoding", "decoding", "remote", "link", "worker", "tester"].map {
            .embedInCode("Python/\($0).py")
        }, swiftSettings: strict),
    .target(name: "CKernels", cSettings: strictC),
    .target(
        name: "CNcurses", cSettings: strictC,
        linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "Kernels", dependencies: ["CKernels"], swiftSettings: strict + kernelSpeed),
    .target(name: "Tensors", dependencies: ["Kernels"], swiftSettings: strict),
    .target(name: "Models", dependencies: ["Platform", "Tensors"], swiftSettings: strict),
    .target(
        name: "Adapters", dependencies: ["Kernels", "Models", "Platform", "Tensors"],
        swiftSettings: strict),
    .target(name: "Tokenizers", dependencies: ["Platform"], swiftSettings: strict),
    .target(name: "Datasets", dependencies: ["Platform", "Tokenizers"], swiftSettings: strict),
    .target(name: "Catalog", dependencies: ["Datasets", "Platform"], swiftSettings: strict),
    .target(
        name: "Evaluation",
        dependencies: ["Datasets", "Models", "Sandbox", "Settings", "Tensors", "Tokenizers"],
        swiftSettings: strict),
    .target(
        name: "Bases",
        dependencies: ["Adapters", "Catalog", "Datasets", "Models", "Platform", "Tokenizers"],
        swiftSettings: strict),
    .target(name: "RunEvents", swiftSettings: strict),
    .target(
        name: "Verdicts", dependencies: ["RunEvents"], swiftSettings: strict + resamplingSpeed),
    .target(
        name: "Training",
        dependencies: [
            "Adapters", "Datasets", "Evaluation", "Kernels", "Models", "Platform", "RunEvents",
            "Tensors", "Tokenizers",
        ], swiftSettings: strict),
    .target(
        name: "Studies",
        dependencies: [
            "Adapters", "Bases", "Datasets", "Evaluation", "Models", "Platform", "RunEvents",
            "Settings", "Tensors", "Tokenizers", "Training", "Verdicts",
        ], swiftSettings: strict),
    .target(
        name: "RunStore",
        dependencies: [
            "Platform", "RunEvents", "Verdicts",
            .product(name: "Crypto", package: "swift-crypto"),
        ], swiftSettings: strict),
    .target(name: "Dashboard", dependencies: ["RunEvents", "Verdicts"], swiftSettings: strict),
    .target(name: "Terminal", dependencies: ["CNcurses", "Dashboard"], swiftSettings: strict),
    .executableTarget(
        name: "lethe",
        dependencies: [
            "Adapters", "Bases", "Catalog", "Dashboard", "Datasets", "Evaluation", "Kernels",
            "Models", "Platform", "RunEvents", "RunStore", "Sandbox", "Settings", "Studies",
            "Tensors", "Terminal",
            "Tokenizers", "Training", "Verdicts",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ], swiftSettings: strict),
    .target(
        name: "TestSupport", dependencies: ["Models", "Sandbox", "Tensors"],
        path: "Tests/TestSupport", swiftSettings: strict),
    /// A made-up base and study for the tests of all that runs studies.
    .target(
        name: "StudySamples",
        dependencies: ["Bases", "Datasets", "Models", "Studies", "Tokenizers"],
        path: "Tests/StudySamples", swiftSettings: strict),
    /// Made-up studies whose truth is known, thousands of them.
    .target(
        name: "SimulatedStudies", dependencies: ["RunEvents", "Verdicts"],
        path: "Tests/SimulatedStudies", swiftSettings: strict + resamplingSpeed),
    /// Draws and dies on request, so that the tests of Terminal can watch it inside tmux.
    .executableTarget(
        name: "TerminalProbe", dependencies: ["Dashboard", "Terminal"], path: "Tests/TerminalProbe",
        swiftSettings: strict),
]

/// Declared on request alone, for it is linked with libFuzzer.
///
/// With `coverage` all is built for it by `--sanitize=fuzzer`, which brings the `main` too; with
/// `plain` the program is of the debug build's modules.
let fuzzing = Context.environment["LETHE_FUZZING"]

let fuzzReaders: [Target] =
    fuzzing == nil
    ? []
    : [
        .executableTarget(
            name: "fuzz-readers",
            dependencies: [
                "Adapters", "Bases", "Dashboard", "Datasets", "Evaluation", "Models", "RunEvents",
                "RunStore", "Studies", "Tensors", "Terminal", "Tokenizers", "Training",
            ], path: "Tests/Fuzzing/Readers",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]
                + (fuzzing == "plain" ? [.define("PLAIN")] : []),
            linkerSettings: fuzzing == "plain" ? [.unsafeFlags(["-sanitize=fuzzer"])] : [])
    ]

/// `<Target>Tests` may import what the target itself may import.
func tests(_ name: String, _ extra: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.init(stringLiteral: name), "TestSupport"] + extra,
        swiftSettings: strict)
}

let package = Package(
    name: "lethe",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "3.12.3"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: targets + fuzzReaders + [
        tests("Platform"),
        tests("Sandbox", ["Platform"]),
        tests("Kernels"),
        tests("Tensors", ["Kernels"]),
        tests("Models", ["Kernels", "Tensors"]),
        tests("Adapters", ["Kernels", "Models", "Tensors"]),
        tests("Tokenizers"),
        tests("Datasets", ["Tokenizers"]),
        tests("Catalog"),
        tests("Evaluation", ["Catalog", "Datasets", "Models", "Tensors", "Tokenizers"]),
        tests("Bases", ["Datasets", "Evaluation", "Models", "StudySamples", "Tokenizers"]),
        tests("RunEvents"),
        tests("Verdicts", ["RunEvents", "SimulatedStudies"]),
        tests(
            "Training",
            ["Adapters", "Datasets", "Evaluation", "Models", "RunEvents", "Tensors", "Tokenizers"]),
        tests(
            "Studies",
            [
                "Adapters", "Bases", "Catalog", "Datasets", "Evaluation", "Models", "RunEvents",
                "Settings", "StudySamples", "Tensors", "Tokenizers", "Training", "Verdicts",
            ]),
        tests("RunStore", ["RunEvents", "Verdicts"]),
        tests("Dashboard", ["RunEvents", "Verdicts"]),
        tests("Terminal", ["Dashboard", "TerminalProbe"]),
        .testTarget(
            name: "ProgramTests",
            dependencies: [
                "lethe", "Bases", "RunEvents", "RunStore", "Studies", "StudySamples", "TestSupport",
            ],
            swiftSettings: strict),
    ]
)

/// The tests that `Scripts/test` runs optimised too, where it builds no others: kernels are compiled
/// without checks there, and thousands of simulated studies are judged.
let optimised = ["Kernels", "Tensors", "Adapters", "Training", "Studies", "Verdicts"]

if Context.environment["LETHE_OPTIMISED"] != nil {
    package.targets.removeAll { target in
        target.type == .test && !optimised.contains { target.name == $0 + "Tests" }
    }
}
