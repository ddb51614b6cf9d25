// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A program that starts sooner: it stands at a fixed address, so that no page of it is written to
/// before it is needed; it has no table of 15,000 symbols in which every library that is loaded later
/// looks for its own (as lld does it), and libgcc inside; libstdc++ and libedit too, if
/// `share/dev/build` found them.
let quickStart: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-use-ld=lld", "-Xclang-linker", "-no-pie",
      "-Xlinker", "--no-export-dynamic", "-Xclang-linker", "-static-libgcc",
      "-L\(Context.packageDirectory)/.build-release/archives",
    ], .when(platforms: [.linux], configuration: .release))
]

/// A module of the house: it may import only the modules named here (floors below its own).
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = [],
  exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: strict)
}

let package = Package(
  name: "rpcscope",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "rpcscope", targets: ["rpcscope"]),
    .library(name: "LosslessJSON", targets: ["LosslessJSON"]),
    .library(name: "JSONRPC", targets: ["JSONRPC"]),
    .library(name: "Wire", targets: ["Wire"]),
    .library(name: "Session", targets: ["Session"]),
    .library(name: "Host", targets: ["Host"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  ],
  targets: [
    // Floor 0: text that keeps everything, and the C libraries.
    module("LosslessJSON", ["CByteScan"]),
    module("SeededRandom"),
    .target(name: "CByteScan"),
    .target(name: "CCurl"),
    .systemLibrary(
      name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),

    // Floor 1: messages, and bytes in and out.
    module("JSONRPC", ["LosslessJSON"]),
    module("Wire", ["LosslessJSON", "CCurl"]),

    // Floor 2: one live conversation, and one terminal.
    module("Session", ["JSONRPC", "Wire", "LosslessJSON"]),
    module("Terminal", ["CEditLine", "CByteScan"]),

    // Floor 3: what a server offers, and sessions that are kept.
    module("Catalog", ["Session", "Wire", "JSONRPC", "LosslessJSON"]),
    module("Recording", ["Session", "Wire", "JSONRPC", "LosslessJSON"]),

    // Floor 4: exchanges as text, and servers we host.
    module("View", ["Session", "Terminal", "Wire", "JSONRPC", "LosslessJSON"]),
    module(
      "Host",
      [
        "Catalog", "Recording", "Session", "Wire", "JSONRPC", "LosslessJSON", "SeededRandom",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),

    // Floor 5: the command language.
    module(
      "Shell",
      [
        "View", "Catalog", "Recording", "Session", "Terminal", "Wire", "JSONRPC", "LosslessJSON",
      ]),

    // Floor 6: the program.
    .executableTarget(
      name: "rpcscope",
      dependencies: [
        "Shell", "Host", "View", "Recording", "Session", "Terminal", "Wire", "JSONRPC",
        "LosslessJSON",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict, linkerSettings: quickStart),

    // Programs for those who work on it; no product depends on them.
    .executableTarget(
      name: "json-benchmark", dependencies: ["LosslessJSON", "SeededRandom", "Terminal"],
      path: "Sources/JSONBenchmark", swiftSettings: strict, linkerSettings: quickStart),
    .executableTarget(
      name: "fuzz", dependencies: ["Wire", "JSONRPC", "LosslessJSON", "SeededRandom"],
      path: "Sources/Fuzzing", swiftSettings: strict),

    // The programs that README shows, with the settings of any package; a test compares and runs
    // them.
    .executableTarget(
      name: "ExampleServer", dependencies: ["Host", "JSONRPC"], path: "Tests/Examples/Server"),
    .executableTarget(
      name: "ExampleClient", dependencies: ["Session"], path: "Tests/Examples/Client"),

    // What several tests share; no product depends on it.
    .target(
      name: "TestChannels", dependencies: ["Wire"], path: "Tests/TestChannels",
      swiftSettings: strict),
    .target(name: "TestFolders", path: "Tests/TestFolders", swiftSettings: strict),
    .target(name: "TestScreens", path: "Tests/TestScreens", swiftSettings: strict),
    tests(
      "LosslessJSONTests", ["LosslessJSON", "CByteScan", "SeededRandom"],
      resources: [.copy("Corpus")]),
    tests(
      "JSONRPCTests", ["JSONRPC", "LosslessJSON"],
      resources: [.copy("vectors"), .copy("Corpus")]),
    tests("WireTests", ["Wire", "LosslessJSON"], resources: [.copy("Corpus")]),
    tests("SessionTests", ["Session", "TestChannels", "Wire", "JSONRPC", "LosslessJSON"]),
    tests("TerminalTests", ["Terminal", "CByteScan", "TestScreens"]),
    tests(
      "CatalogTests", ["Catalog", "Session", "TestChannels", "Wire", "JSONRPC", "LosslessJSON"]),
    tests(
      "RecordingTests",
      [
        "Recording", "TestChannels", "Host", "Catalog", "Session", "TestFolders", "Wire", "JSONRPC",
        "LosslessJSON",
      ], exclude: ["Schemas"]),
    tests(
      "ViewTests",
      ["View", "Session", "TestChannels", "Terminal", "Wire", "JSONRPC", "LosslessJSON"],
      resources: [.copy("Golden")]),
    tests(
      "HostTests",
      [
        "Host", "Catalog", "Session", "Wire", "JSONRPC", "LosslessJSON",
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    tests(
      "ShellTests",
      [
        "Shell", "View", "Catalog", "Recording", "Session", "TestChannels", "TestFolders",
        "Terminal", "Wire", "JSONRPC", "LosslessJSON",
      ], resources: [.copy("Golden")]),
    tests(
      "ProgramTests",
      [
        "rpcscope", "ExampleServer", "ExampleClient", "TestScreens", "Host", "Catalog",
        "LosslessJSON",
      ],
      exclude: ["Servers", "Clients"]),
  ]
)
