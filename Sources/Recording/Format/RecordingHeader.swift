import LosslessJSON

/// The first line of a recording: what was spoken to, and how.
///
/// A file that was appended to holds one for each session.
public struct RecordingHeader: Sendable, Equatable {
  /// The version of the format that this program writes, and the newest it reads.
  public static let currentVersion = 1

  /// The version of the format.
  public var version: Int
  /// The program that wrote it, with its version.
  public var program: String
  /// When the session began, in seconds since 1970.
  public var startedAt: Double
  /// The target as it is typed, without credentials.
  public var target: String
  /// The scheme of transport: `http`, `child`, `tcp`, `unix`; empty if it is not known.
  public var transport: String
  /// How messages were told apart: `HTTP`, `lines`, `headers`, `values`, `netstring`, or empty.
  public var framing: String
  /// The name of the dialect.
  public var dialect: String
  /// The version of JSON-RPC that was spoken: `2.0` or `1.0`.
  public var jsonrpc: String

  /// A header of those parts.
  public init(
    program: String, startedAt: Double, target: String, transport: String = "",
    framing: String = "", dialect: String = "plain", jsonrpc: String = "2.0"
  ) {
    version = Self.currentVersion
    self.program = program
    self.startedAt = startedAt
    self.target = target
    self.transport = transport
    self.framing = framing
    self.dialect = dialect
    self.jsonrpc = jsonrpc
  }

  /// The line's text, without the newline.
  func line(target: String) -> [UInt8] {
    var text = LineText()
    text.raw("{\"rpcscope\":\"recording\",\"version\":")
    text.int(version)
    text.raw(",\"program\":")
    text.string(program)
    text.raw(",\"at\":")
    text.seconds(micros: RecordedTime.micros(startedAt))
    for (name, value) in [
      ("target", target), ("transport", transport), ("framing", framing), ("dialect", dialect),
      ("jsonrpc", jsonrpc),
    ] {
      text.raw(",")
      text.string(name)
      text.raw(":")
      text.string(value)
    }
    text.raw("}")
    return text.bytes
  }

  /// Reads a header; nil if the value is none.
  init?(_ json: JSON) {
    guard json["rpcscope"]?.isString("recording") == true, let version = json["version"]?.int else {
      return nil
    }
    self.version = version
    program = json["program"]?.string ?? ""
    startedAt = json["at"]?.double ?? 0
    target = json["target"]?.string ?? ""
    transport = json["transport"]?.string ?? ""
    framing = json["framing"]?.string ?? ""
    dialect = json["dialect"]?.string ?? "plain"
    jsonrpc = json["jsonrpc"]?.string ?? "2.0"
  }
}

/// Times in recordings.
enum RecordedTime {
  /// Seconds as whole microseconds; 0 for what is out of range.
  static func micros(_ seconds: Double) -> Int {
    let micros = (seconds * 1e6).rounded()
    return abs(micros) < 9e18 ? Int(micros) : 0
  }
}
