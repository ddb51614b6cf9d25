import ArgumentParser
import Host
import JSONRPC
import Recording
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A server to talk to: the demo, or a mock of a server that a document describes.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the demo, or a mock of an OpenRPC document or a recording.",
    usage: "rpcscope serve [OPTIONS]",
    discussion: """
      rpcscope serve                               the demo at http://127.0.0.1:4000/
      rpcscope serve --openrpc api.json            a mock: params checked, examples as results
      rpcscope serve --replay last                 … that answers as a recorded session did
      rpcscope serve --faults delay:200ms,drop:5%  … that is slow, and sometimes does not answer
      rpcscope serve --fault echo=both --tcp 4000  … one method of which replies wrongly, over TCP
      rpcscope serve --unix demo.sock --http       … HTTP over a Unix socket
      rpcscope serve --faults 'value:{a: 1}'       … with this in the place of every result
      rpcscope serve --faults text:@reply.json     … with a file in the place of every reply

      Only this machine reaches it unless told otherwise. Each exchange is logged to stderr; what it
      listens on is the one line on stdout. SIGINT and SIGTERM end it once calls are answered.

      Exit status: 0 ended by the client or a signal, 2 usage, 3 can't listen there.
      """)

  @OptionGroup(title: "What") var offer: ServeOffer
  @OptionGroup(title: "Recording") var recording: ReplayOffer
  @OptionGroup(title: "Where") var place: ServePlace
  @OptionGroup(title: "Log") var logging: ServeLogging

  @Flag(help: "List the faults and leave.") var listFaults = false
  @Option(
    help: ArgumentHelp("Wait so long for running calls at the end.", valueName: "seconds"))
  var grace = 5.0

  func validate() throws {
    try place.check()
    if recording.replay != nil, offer.demo || offer.openrpc != nil {
      throw ValidationError("it is one of --demo, --openrpc and --replay")
    }
    guard (0...3600).contains(grace) else {
      throw ValidationError("--grace takes 0 to 3600 seconds")
    }
  }

  func run() async throws {
    if listFaults { return FaultList.print() }
    let log = try logging.makeLog()
    let replay = try recording.mock()
    let serving = Serving(
      service: try replay.map(ReplayOffer.service) ?? offer.service(),
      faults: try faultPlan(replay),
      grace: .seconds(grace), log: log, replay: replay)
    switch place.kind {
    case .stdio: try await serving.stdio(place.framing ?? recorded(replay, .child) ?? .lines)
    case .http(let address): try await serving.http(address, place.httpOptions)
    case .socket(let address):
      let framing = recorded(replay, .tcp) ?? recorded(replay, .unix)
      try await serving.socket(address, place.framing ?? framing ?? .values)
    }
  }
}

extension ServeCommand {
  /// Faults that were asked for; the demo's own are no business of a recording's.
  private func faultPlan(_ replay: ReplayMock?) throws -> FaultPlan {
    replay == nil ? try offer.plan() : try offer.plan(of: FaultPlan())
  }

  /// How messages were told apart, if they were sent that way.
  private func recorded(_ replay: ReplayMock?, _ kind: ChannelTraits.Kind) -> FramingName? {
    guard let header = replay?.header, header.transport == kind.rawValue else { return nil }
    return FramingName(rawValue: header.framing)
  }
}

/// What `serve` offers, and what is wrong with it.
struct ServeOffer: ParsableArguments {
  @Flag(help: "The demo: methods to try a client on. This is the default.") var demo = false
  @Option(
    help: ArgumentHelp(
      "A mock of the methods in this OpenRPC document (- for stdin).", valueName: "file"))
  var openrpc: String?
  @Option(
    help: ArgumentHelp(
      "Faults of every method: drop:10%,delay:200ms,html:#2,status:404 …", valueName: "list"))
  var faults: String?
  @Option(
    help: ArgumentHelp(
      "Faults of one method, instead; may be repeated.", valueName: "method=list"))
  var fault: [String] = []
  @Option(help: ArgumentHelp("Where chance begins.", valueName: "number")) var seed: UInt64 = 1

  func validate() throws {
    if demo, openrpc != nil { throw ValidationError("it is either --demo or --openrpc") }
    _ = try plan()
  }

  func service() throws -> Service {
    guard let openrpc else { return Service(Demo.dispatcher()) }
    do {
      return Service(try Mock.dispatcher(openRPC: try FileText.read(openrpc)))
    } catch let error as Mock.Failure {
      throw ServeFailure("\(openrpc): \(error.description)", status: 2)
    }
  }

  func plan() throws -> FaultPlan { try plan(of: openrpc == nil ? Demo.faults : FaultPlan()) }

  func plan(of own: FaultPlan) throws -> FaultPlan {
    var plan = own
    plan.seed = seed
    do throws(FaultPlan.SyntaxError) {
      if let faults { plan.everywhere = try FaultPlan.rules(faults, reading: FileText.read) }
      for text in fault { try plan.add(text, reading: FileText.read) }
    } catch {
      throw ValidationError(error.description)
    }
    return plan
  }
}

/// Where `serve` listens, and for whom.
struct ServePlace: ParsableArguments {
  /// One of the ways to be reached.
  enum Kind {
    case http(ListenAddress)
    case socket(ListenAddress)
    case stdio
  }

  @Option(
    help: ArgumentHelp("HTTP there (default: 127.0.0.1:4000; port 0: any).", valueName: "host:port")
  )
  var listen: String?
  @Option(help: ArgumentHelp("A TCP socket there.", valueName: "host:port")) var tcp: String?
  @Option(help: ArgumentHelp("A Unix socket there.", valueName: "path")) var unix: String?
  @Flag(help: "HTTP, too, on the Unix socket.") var http = false
  @Flag(help: "Standard input and output.") var stdio = false
  @Option(
    help: ArgumentHelp(
      "How messages are told apart: lines (stdio's default), headers, values (sockets'), netstring.",
      valueName: "name"),
    transform: ServePlace.framing)
  var framing: FramingName?
  @Option(
    help: ArgumentHelp("HTTP: let in web pages of this origin (* for any).", valueName: "origin"))
  var allowOrigin: [String] = []
  @Option(help: ArgumentHelp("HTTP: answer to this name in Host.", valueName: "name"))
  var allowHost: [String] = []

  var kind: Kind {
    if stdio { return .stdio }
    if let unix { return http ? .http(.unix(path: unix)) : .socket(.unix(path: unix)) }
    if let tcp, let address = ListenAddress(tcp) { return .socket(address) }
    return .http(listen.flatMap { ListenAddress($0) } ?? "127.0.0.1:4000")
  }

  var httpOptions: HTTPHostOptions {
    var options = HTTPHostOptions()
    options.allowedOrigins = allowOrigin
    options.allowedHosts = allowHost
    return options
  }

  private static func framing(_ name: String) throws -> FramingName {
    if let framing = FramingName(rawValue: name) { return framing }
    throw ValidationError("--framing is lines, headers, values or netstring")
  }

  func check() throws {
    let given = [listen != nil, tcp != nil, unix != nil, stdio].filter { $0 }.count
    if given > 1 { throw ValidationError("it is one of --listen, --tcp, --unix and --stdio") }
    for text in [listen, tcp].compactMap({ $0 }) where ListenAddress(text) == nil {
      throw ValidationError("\"\(text)\" is not HOST:PORT")
    }
    if http, unix == nil {
      throw ValidationError(
        "--http goes with --unix; without a place, and with --listen, it is HTTP")
    }
    if framing != nil, given == 0 || listen != nil || http {
      throw ValidationError("HTTP has no --framing; --tcp, --unix and --stdio have")
    }
  }
}
