import Catalog
import JSONRPC
import LosslessJSON
import Session
import Synchronization
import TestChannels
import Testing
import Wire

@testable import Shell

@Suite("Connecting", .timeLimit(.minutes(2)))
struct ConnectTests {
  /// Servers by name, which channels are made to without any transport.
  final class Servers: Sendable {
    private let made = Mutex<[Connection]>([])
    /// What connections were made to, in order, with their options.
    var connections: [Connection] { made.withLock { $0 } }

    func channel(to connection: Connection) throws(WireError) -> any Channel {
      made.withLock { $0.append(connection) }
      switch connection.target {
      case .child(["gone"]): return ClosedChannel(.exited(3, unread: 0))
      case .child(["nowhere"]): throw .spawnFailed(program: "nowhere", errno: 2)
      case .tcp("refused", _):
        return ClosedChannel(.failed(.connectFailed(peer: "refused:1", errno: 111)))
      case .child(["asked to death"]):
        return ScriptedChannel(.child) { channel, send, text in
          if text.contains("rpc.discover") {
            channel.emit(.closed(.exited(1, unread: 0)))
          } else {
            Self.describing(channel, send, text)
          }
        }
      case .child(["quiet"]): return ScriptedChannel(.child) { _, _, _ in }
      case .child: return ScriptedChannel(.child, Self.describing)
      case .http: return ScriptedChannel(.http, Self.describing)
      default: return ScriptedChannel(.tcp, Self.describing)
      }
    }

    /// A server that tells of its one method.
    private static let describing: ScriptedChannel.Script = { channel, send, text in
      guard let request = try? JSON(reading: text), let id = request["id"]?.text else { return }
      switch request["method"]?.string {
      case "system.listMethods":
        channel.say(#"{"jsonrpc": "2.0", "result": ["hello"], "id": \#(id)}"#, to: send)
      case "hello": channel.say(#"{"jsonrpc": "2.0", "result": "hi", "id": \#(id)}"#, to: send)
      default:
        channel.say(
          #"{"jsonrpc": "2.0", "error": {"code": -32601, "message": "no"}, "id": \#(id)}"#,
          to: send)
      }
    }
  }

  /// A channel to nobody.
  final class ClosedChannel: Channel {
    let traits = ChannelTraits(
      kind: .child, correlates: false, takesHeaders: false, framing: "lines", peer: "nobody")
    private let reason: CloseReason
    init(_ reason: CloseReason) { self.reason = reason }
    func open(_ sink: @escaping ChannelSink) { sink(.closed(reason)) }
    func send(_ id: SendID, _ bytes: [UInt8], _ options: SendOptions) {}
    func cancel(_ id: SendID) {}
    func close(grace: Duration) {}
  }

  /// A shell as a person has it, connected to a first server.
  private static func shell(
    _ servers: Servers, to target: Target = .child(["first"]), awaits: Bool = true
  ) async throws -> ShellHarness {
    let shell = try ShellHarness()
    await shell.interpreter.disconnect()
    shell.interpreter.awaitsConnections = awaits
    var connection = Connection(target)
    connection.channelMaker = { (connection) throws(WireError) in
      try servers.channel(to: connection)
    }
    try await shell.interpreter.connect(connection)
    return shell
  }

  @Test(
    "to nobody keeps the old server, with one error",
    arguments: [
      (".connect stdio:gone", "gone exited with status 3 at once"),
      (".connect stdio:nowhere", "the program nowhere was not found"),
      (".connect tcp:refused:1", "connection refused by refused:1"),
      (".connect tcp:nonsense", "tcp:HOST:PORT"),
    ])
  func failing(_ line: String, _ message: String) async throws {
    let servers = Servers()
    let shell = try await Self.shell(servers)
    let outcome = try await shell.run(line)
    #expect(outcome.status != .ok)
    #expect(outcome.error.hasPrefix("error: "), "\(outcome.error)")
    #expect(outcome.error.contains(message), "\(outcome.error)")
    #expect(outcome.error.split(separator: "\n").count <= 2, "\(outcome.error)")
    #expect(try await shell.run("hello").output == "\"hi\"\n")
    #expect(shell.interpreter.connection?.target == .child(["first"]))
  }

  @Test("to another server closes the first")
  func moving() async throws {
    let servers = Servers()
    let shell = try await Self.shell(servers)
    let first = try #require(shell.interpreter.client)
    #expect(try await shell.run(".connect stdio:second").status == .ok)
    #expect(!first.isConnected)
    #expect(shell.interpreter.client?.isConnected == true)
    #expect(try await shell.run("hello").output == "\"hi\"\n")
  }

  @Test("a first time to nobody is told, and the next call tries again")
  func first() async throws {
    let servers = Servers()
    await #expect(throws: Complaint.self) {
      _ = try await Self.shell(servers, to: .tcp(host: "refused", port: 1))
    }
  }

  @Test("lets a command at once know what the server offers", arguments: [true, false])
  func discovery(awaits: Bool) async throws {
    let servers = Servers()
    let shell = try await Self.shell(servers, awaits: awaits)
    #expect(try await shell.run(".methods").output.contains("hello"))
    let other = try await Self.shell(servers, awaits: awaits)
    #expect(try await other.run(".describe hello").output.contains("hello"))
    // Sockets are asked only when told to.
    let socket = try await Self.shell(servers, to: .tcp(host: "h", port: 1), awaits: awaits)
    #expect(try await socket.run(".methods").error.contains("`.discover` asks the server"))
  }

  @Test("a server that goes when it is asked is left in peace")
  func askedToDeath() async throws {
    let servers = Servers()
    let shell = try await Self.shell(servers, to: .child(["asked to death"]))
    #expect(try shell.error.contains("it is not asked any more"))
    #expect(try await shell.run("hello").output == "\"hi\"\n")
    #expect(try await shell.run(".methods").output.contains("hello  learned"))
    #expect(servers.connections.count == 2)
  }

  @Test("a server that says nothing holds neither prompt nor call up")
  func silence() async throws {
    let shell = try await Self.shell(Servers(), to: .child(["quiet"]))
    let outcome = try await shell.run(".call --timeout 20ms hello")
    #expect(outcome.error.contains("no reply within 0.02 s"))
  }

  // MARK: - Settings that connect again

  @Test(
    "is done again for what the connection has to know",
    arguments: [
      (".set limit 2M", "limit", "2M"), (".set framing headers", "framing", nil as String?),
      (".set framing auto", "framing", nil),
    ])
  func reconnecting(_ line: String, _ name: String, _ value: String?) async throws {
    let servers = Servers()
    let shell = try await Self.shell(servers)
    #expect(try await shell.run(line).status == .ok)
    let connection = try #require(servers.connections.last)
    #expect(servers.connections.count == 2)
    switch name {
    case "limit":
      #expect(connection.stream.limit == 2 << 20)
      #expect(connection.http.bodyLimit == 2 << 20)
    default: #expect(connection.stream.framing == (line.hasSuffix("auto") ? nil : .headers))
    }
    if let value { #expect(try await shell.run(".set \(name)").output == value + "\n") }
    #expect(try await shell.run("hello").output == "\"hi\"\n")
  }

  @Test("is not done for a value that makes no sense")
  func nonsense() async throws {
    let servers = Servers()
    let shell = try await Self.shell(servers)
    for line in [".set limit x", ".set framing x", ".set limit", ".set framing"] {
      _ = try await shell.run(line)
    }
    #expect(servers.connections.count == 1)
  }

  @Test("headers of the session stay with the host they were meant for")
  func headers() async throws {
    let servers = Servers()
    let shell = try await Self.shell(servers, to: .http("http://one.example/a"))
    #expect(try await shell.run(".set header 'X-Key: 1'").status == .ok)
    #expect(try await shell.run(".set header 'X-Other: 2'").status == .ok)
    #expect(try await shell.run(".set header").output == "X-Key: 1, X-Other: 2\n")
    #expect(try await shell.run(".set header 'x-key:'").status == .ok)
    #expect(try await shell.run(".connect http://one.example/b").status == .ok)
    #expect(try await shell.run(".set header").output == "X-Other: 2\n")
    // One that fails changes nothing.
    #expect(try await shell.run(".connect stdio:gone").status != .ok)
    #expect(try await shell.run(".set header").output == "X-Other: 2\n")
    #expect(try await shell.run(".connect http://two.example/").error.contains("stay behind"))
    #expect(try await shell.run(".set header").output == "\n")
    // No reconnection for a header: two hosts, three paths.
    #expect(servers.connections.count == 4)
  }

  @Test("on the port registered for it speaks OVSDB")
  func ovsdb() async throws {
    let servers = Servers()
    let shell = try await Self.shell(servers, to: .tcp(host: "h", port: 6640))
    #expect(try await shell.run(".target").output.contains("JSON-RPC 1.0, dialect ovsdb"))
    let other = try await Self.shell(servers, to: .tcp(host: "h", port: 6641))
    #expect(try await other.run(".target").output.contains("JSON-RPC 2.0, dialect plain"))
  }
}
