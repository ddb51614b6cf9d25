import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The programs that README shows are those that are built and run here.
@Suite(.seated) struct ExampleTests {
  static let programs = [("Server", 15), ("Client", 10)]

  @Test(
    "README shows the programs as they are, and they are as short as it says", arguments: programs)
  func shown(name: String, lines: Int) throws {
    let readme = try #require(Self.text("README.md"))
    let program = try #require(Self.text("Tests/Examples/\(name)/\(name).swift"))
    #expect(readme.range(of: "```swift\n\(program)```") != nil)
    #expect(program.split(separator: "\n", omittingEmptySubsequences: false).count - 1 <= lines)
  }

  @Test("the server serves, and the client calls it")
  func run() async throws {
    let server = try await ServedProgram([], program: Self.built("ExampleServer"))
    #expect(server.run.outputText.hasPrefix("rpcscope http://127.0.0.1:"))
    let client = try ProgramRun([server.url], program: Self.built("ExampleClient"))
    #expect(try await client.exit() == .exited(0))
    #expect(client.outputText == "19.0\n", "\(client.errorText)")
    #expect(try await server.call("subtract", "5").output == "4\n")
    server.run.signal(SIGINT)
    #expect(try await server.run.exit() == .exited(0))
  }

  /// A program of the same build.
  private static func built(_ name: String) -> String {
    BuiltProgram.path.dropLast("rpcscope".count) + name
  }

  private static func text(_ path: String) -> String? {
    let descriptor = open("\(Installed.project)/\(path)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    _ = Platform.readAvailable(descriptor, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
