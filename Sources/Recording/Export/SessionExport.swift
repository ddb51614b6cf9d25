import JSONRPC
import LosslessJSON
import Session
import Wire

/// A kind of file that sessions can be written to.
///
/// Adding one is adding a file with such a type, and naming it in `SessionExports.all`.
public protocol SessionExport: Sendable {
  /// The word that `.export` takes: `curl`, `har`.
  static var name: String { get }
  /// The ending of such a file's name, without the dot.
  static var fileExtension: String { get }
  /// One line about it, and what it can't carry.
  static var summary: String { get }

  /// The file's contents.
  static func write(_ session: ExportedSession) -> [UInt8]
}

/// What is written to a file of some kind.
public struct ExportedSession: Sendable {
  /// What was spoken to, and how.
  public var header: RecordingHeader
  /// The exchanges, in order.
  public var exchanges: [RecordedExchange]

  /// A session of those parts.
  public init(header: RecordingHeader, exchanges: [RecordedExchange]) {
    self.header = header
    self.exchanges = exchanges
  }

  /// The exchanges that the client began.
  var own: [Exchange] { ownRecorded.map(\.exchange) }

  /// The same, with what is masked in them.
  private var ownRecorded: [RecordedExchange] {
    exchanges.filter { !$0.exchange.kind.isIncoming && !$0.exchange.request.isEmpty }
  }

  /// What a script that does the same asks for: not what was only asked to find out what there is,
  /// unless that is all.
  var scripted: [RecordedExchange] {
    let chosen = ownRecorded.filter { $0.exchange.purpose != .discovery }
    return chosen.isEmpty ? ownRecorded : chosen
  }

  /// Whether the target is a URL.
  var isHTTP: Bool { header.target.hasPrefix("http") }
}

/// All kinds of files that sessions can be written to.
public enum SessionExports {
  /// The kinds.
  public static let all: [any SessionExport.Type] = [
    CurlExport.self, HARExport.self, PythonExport.self, SwiftTestExport.self, MarkdownExport.self,
    HTMLExport.self, OpenRPCExport.self, EthereumIOExport.self,
  ]

  /// The kind of that name; nil if there is none.
  public static func named(_ name: String) -> (any SessionExport.Type)? {
    all.first { $0.name == name }
  }
}

/// Text of a file while it is put together.
struct FileText {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }
  mutating func add(_ text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }

  mutating func line(_ text: String = "") {
    add(text)
    bytes.append(0x0A)
  }
}

extension RecordedExchange {
  /// What is masked in what a request for it is made of, by name; empty if nothing is.
  var maskedNames: [String] {
    var names: [String] = []
    for range in masked where range.part == "request" || range.part.hasPrefix("sent[") {
      if !names.contains(range.name) { names.append(range.name) }
    }
    return names
  }
}

extension Exchange {
  /// The header fields that a client set itself, rather than its HTTP library.
  ///
  /// What it accepts counts where the server made something else of it than JSON, or where that is told
  /// for another reason.
  func ownHeaders(withAccept: Bool) -> [HeaderField] {
    let automatic: Set<String> = [
      "host", "content-length", "user-agent", "accept-encoding", "connection", "expect",
    ]
    let sent = wire.flatMap { SentHead($0) }?.headers ?? []
    let fields = sent.filter { field in
      let name = field.name.lowercased()
      if name == "accept" {
        return withAccept || isEventStream || field.value != Self.usualAccept
      }
      return !automatic.contains(name) && !name.hasPrefix(":")
    }
    let hasType = fields.contains { $0.name.lowercased() == "content-type" }
    return hasType ? fields : [HeaderField("Content-Type", "application/json")] + fields
  }

  private static let usualAccept = "application/json, text/event-stream"

  private var isEventStream: Bool {
    head?.header("Content-Type")?.lowercased().hasPrefix("text/event-stream") == true
  }
}
