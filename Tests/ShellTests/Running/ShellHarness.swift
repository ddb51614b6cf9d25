import Catalog
import JSONRPC
import LosslessJSON
import Session
import Terminal
import TestChannels
import TestFolders
import Wire

@testable import Shell

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An interpreter on a scripted server, whose screen is a pair of files.
final class ShellHarness {
  let interpreter: Interpreter
  let server = ScriptedServer()
  let folder: TemporaryFolder
  private let descriptors: [Int32]

  /// `isOneScreen` sends results and remarks to one file, as a terminal shows them.
  init(
    _ kind: ChannelTraits.Kind = .tcp, methods: [Method] = [], isOneScreen: Bool = false,
    color: ColorChoice = .never, version: ProtocolVersion = .v2
  ) throws {
    // The program does so too: a command that does not read to its end is no failure.
    signal(SIGPIPE, SIG_IGN)
    folder = try TemporaryFolder()
    let output = try Self.open("\(folder.path)/output")
    let error = isOneScreen ? output : try Self.open("\(folder.path)/error")
    descriptors = isOneScreen ? [output] : [output, error]
    let screen = Screen(color: color, outputDescriptor: output, errorDescriptor: error)
    interpreter = Interpreter(screen: screen)
    interpreter.connection = Connection(.tcp(host: "127.0.0.1", port: 1))
    let printer = EventPrinter(screen: screen, settings: interpreter.settings, target: "script")
    let script = server.script
    interpreter.client = try Client(
      dialect: PlainDialect(version), makeChannel: { ScriptedChannel(kind, script) },
      observer: { printer.note($0) })
    interpreter.knowledge.update {
      $0.version = version
      $0.catalog = MethodCatalog(source: "test", methods: methods)
    }
  }

  deinit { for descriptor in descriptors { close(descriptor) } }

  private static func open(_ path: String) throws -> Int32 {
    // Both ends of one screen append, whichever writes.
    #if canImport(Glibc)
      let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    #else
      let descriptor = Darwin.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    #endif
    guard descriptor >= 0 else { throw TemporaryFolder.Fault(code: errno) }
    return descriptor
  }

  /// What a line brought to the screen.
  struct Outcome: Equatable {
    var status: ExitStatus
    var output: String
    var error: String
  }

  /// Runs a line and says what it brought.
  func run(_ line: String) async throws -> Outcome {
    let (output, error) = (try self.output, try self.error)
    let status = await interpreter.run(line)
    return Outcome(
      status: status, output: String(try self.output.dropFirst(output.count)),
      error: String(try self.error.dropFirst(error.count)))
  }

  /// Results so far.
  var output: String { get throws { try folder.read("output") } }

  /// Remarks so far.
  var error: String { get throws { descriptors.count > 1 ? try folder.read("error") : "" } }

  /// The last message that the server got.
  var sent: String { server.messages.last ?? "" }
}

/// Methods that a catalog of the tests may have.
enum TestMethods {
  static let subtract: Method = {
    var method = Method("subtract")
    method.params = [
      MethodParam(name: "minuend", schema: .type("integer"), isRequired: true),
      MethodParam(name: "subtrahend", schema: .type("integer"), isRequired: true),
    ]
    return method
  }()

  static let log: Method = {
    var method = Method("log")
    method.isNotification = true
    return method
  }()
}
