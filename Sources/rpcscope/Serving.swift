import ArgumentParser
import Host
import JSONRPC
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why `serve` can't, and with what status it leaves.
struct ServeFailure: Error, CustomStringConvertible {
  let description: String
  let status: Int32

  init(_ description: String, status: Int32) {
    (self.description, self.status) = (description, status)
  }
}

/// A service on its way to its clients.
struct Serving {
  let service: Service
  let faults: FaultPlan
  let grace: Duration
  let log: ServeLog?
  /// Answers in the service's place.
  var replay: ReplayMock?

  func http(_ address: ListenAddress, _ options: HTTPHostOptions) async throws {
    var host = HTTPHost(service)
    host.options = options
    host.faults = faults
    host.replay = replay
    host.observer = log?.observer
    let server = try await starting { () throws(HostError) in try await host.start(on: address) }
    if case .unix(let path) = address {
      await run(server, as: "--unix-socket \(ShellWords.joined([path])) http://localhost/")
    } else {
      await run(server, as: server.url)
    }
  }

  func socket(_ address: ListenAddress, _ framing: FramingName) async throws {
    var host = SocketHost(service)
    host.framing = framing
    host.faults = faults
    host.replay = replay
    host.observer = log?.observer
    let option = framing == .values ? "" : "--framing \(framing.rawValue) "
    let server = try await starting { () throws(HostError) in try await host.start(on: address) }
    await run(server, as: option + server.url)
  }

  func stdio(_ framing: FramingName) async throws {
    var host = StdioHost(service)
    host.framing = framing
    host.faults = faults
    host.replay = replay
    host.grace = grace
    host.observer = log?.observer
    let ending = await host.run()
    tellMisses()
    if case .hungUp = ending { _exit(3) }
  }

  /// What a recording had no answer for.
  private func tellMisses() {
    guard let misses = replay?.misses, !misses.isEmpty else { return }
    let words = misses.prefix(20).map { $0.count == 1 ? $0.method : "\($0.method) (\($0.count))" }
    let more = misses.count > 20 ? " and \(misses.count - 20) more" : ""
    log?.say("the recording had no answer for: \(words.joined(separator: ", "))\(more)")
  }

  private func starting(
    _ start: () async throws(HostError) -> RunningHost
  ) async throws -> RunningHost {
    do throws(HostError) {
      return try await start()
    } catch {
      throw ServeFailure(error.description, status: 3)
    }
  }

  /// One line on stdout that a script can read, and one on stderr for people, with the words that
  /// reach the server.
  private func run(_ server: RunningHost, as words: String) async {
    print(server.url)
    fflush(nil)
    let title = service.dispatcher.title
    log?.say("serving \(title) at \(server.url) (rpcscope \(words)); Ctrl-C ends it")
    await server.runUntilSignal(grace: grace)
    tellMisses()
    log?.say("ended")
  }
}

/// `serve --list-faults`.
enum FaultList {
  static func print() {
    for group in Fault.Group.allCases {
      Swift.print("\(group.rawValue)")
      for fault in Fault.allCases where fault.group == group {
        let name = fault.name + (fault.parameter.example.map { ":\($0)" } ?? "")
        let gap = String(repeating: " ", count: max(2, 24 - name.utf8.count))
        Swift.print("  " + name + gap + fault.summary)
      }
    }
    Swift.print(
      """
      Each may be followed by how likely it is (html:10%) and which calls have it (html:#2, drop:#2-4,
      empty:#3-). What is written after a name here is an example, and for numbers and times the
      default. In texts \\, is a comma, \\n \\r \\t \\xHH are bytes, and @FILE is a file; $reply, $request,
      $version, $name, $value and $id in value, text and its like are parts of the proper exchange.
      """)
  }
}

/// Files that commands read.
enum FileText {
  /// The bytes of a file, or of stdin for `-`.
  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ServeFailure("can't read \(path): \(String(cString: strerror(errno)))", status: 2)
    }
    defer { if descriptor > 0 { close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, &chunk, chunk.count)
      #else
        let count = Darwin.read(descriptor, &chunk, chunk.count)
      #endif
      if count > 0 {
        bytes += chunk[..<count]
      } else if count == 0 {
        return bytes
      } else if errno != EINTR {
        throw ServeFailure("can't read \(path): \(String(cString: strerror(errno)))", status: 2)
      }
    }
  }
}
