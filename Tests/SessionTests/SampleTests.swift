import LosslessJSON
import Testing
import Wire

@testable import Session

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What real servers answered to odd requests (others' data, read from beside the repository).
@Suite("Replies of real servers")
struct SampleTests {
  /// How a target's messages are kept apart.
  enum Framing { case http, lines, headers, values }

  struct Probe: CustomTestStringConvertible {
    let target: String
    let name: String
    /// The rules of the protocol found, in order; `text` for a text that is no JSON.
    let expected: String
    var testDescription: String { "\(target) \(name)" }

    var framing: Framing {
      switch target {
      case "aria2", "mopidy", "mcp2-http-modern": .http
      case "ovsdb": .values
      case "deltachat", "mcp-time", "mcp1-sqlite": .lines
      default: .headers
      }
    }
  }

  static let isThere = Sample.bytes("aria2/probe/ok_id1.resp") != nil

  @Test(
    "have the findings of the table",
    .enabled(if: isThere, "../shared/samples is not there"), arguments: table)
  func judged(_ probe: Probe) throws {
    let path = "\(probe.target)/probe/\(probe.name)"
    let sent = try #require(Sample.bytes("\(path).req"))
    let came = try #require(Sample.bytes("\(path).resp"))
    let exchanges = Sample.replay(sent, came, probe.framing, isOVSDB: probe.target == "ovsdb")
    let rules = exchanges.flatMap(\.findings).compactMap { finding -> String? in
      if finding.rule.hasPrefix("rpc.") { return String(finding.rule.dropFirst(4)) }
      let isText = finding.rule.hasPrefix("json.") || finding.rule.hasPrefix("text.")
      return isText && finding.severity == .error ? "text" : nil
    }
    // Of a broken text one word is enough here: the reader's own tests tell the rest.
    let told = rules.enumerated().filter { $0.offset == 0 || rules[$0.offset - 1] != $0.element }
    #expect(told.map(\.element).joined(separator: " ") == probe.expected)
  }

  private static func probes(_ target: String, _ rows: [(String, String)]) -> [Probe] {
    rows.map { Probe(target: target, name: $0.0, expected: $0.1) }
  }

  static let table =
    aria2 + mopidy + ovsdb + deltachat + languageServers + mcp

  private static let aria2 = probes(
    "aria2",
    [
      ("ok_id1", ""), ("ok_pretty", ""), ("unknown_method", ""), ("params_string", ""),
      // An empty array is no reply, and not to three broken elements either.
      ("batch_empty", "batch-empty"), ("batch_nonobj", "batch-empty"),
      // It takes notifications for invalid requests.
      ("notification", "answer-to-notification"), ("batch_notifs", "answer-to-notification"),
      ("notification_unknown", "answer-to-notification"),
      ("batch_mixed", "answer-to-notification"), ("batch_dup_ids", ""),
      // It copies ids of any kind, but not fractions.
      ("id_true", "id-type"), ("id_array", "id-type"), ("id_object", "id-type"),
      ("id_1_0", "id-mismatch"), ("id_1_5", "id-mismatch"), ("id_null", ""), ("id_2p53p1", ""),
      ("id_2p63", ""), ("id_str_escape", ""), ("malformed_trunc", ""), ("malformed_garbage", ""),
      ("no_jsonrpc", ""), ("dup_keys", ""), ("invalid_utf8", "text"),
    ])

  private static let mopidy = probes(
    "mopidy",
    [
      ("ok_idstr", ""), ("batch_empty", ""), ("batch_mixed", ""), ("batch_nonobj", ""),
      ("batch_notifs", ""), ("notification", ""), ("id_true", "id-type"), ("id_1_5", ""),
      ("dup_keys", ""), ("http_text_plain", ""), ("deep_1000", "text"),
      ("invalid_utf8", "text"), ("id_null", ""), ("params_string", ""),
    ])

  private static let ovsdb = probes(
    "ovsdb",
    [
      ("ok_id1", ""), ("unknown_method", "member-omitted"), ("id_2p63", "id-mismatch"),
      ("id_true", ""), ("id_1_5", ""), ("dup_keys", ""), ("notification", ""),
    ])

  private static let deltachat = probes(
    "deltachat",
    [
      ("ok_id1", ""), ("unknown_method", ""), ("malformed_garbage", ""), ("batch_mixed", ""),
      // An error without an id to a notification, which nobody waits for.
      ("notification", "id-null"), ("notification_unknown", "id-null"), ("id_null", ""),
      ("id_2p63", ""), ("id_str_escape", ""),
    ])

  private static let languageServers =
    probes(
      "lsp-clangd",
      [
        ("ok_id1", ""), ("unknown_method", ""), ("id_true", "id-type"), ("id_array", "id-type"),
        ("id_1_5", ""), ("id_null", ""), ("params_string", ""),
      ])
    + probes(
      "lsp-sourcekit-lsp",
      [("ok_pretty", ""), ("id_1_0", "id-mismatch"), ("params_null", ""), ("unknown_method", "")])
    + probes(
      "lsp-ruff",
      [("no_jsonrpc", ""), ("jsonrpc_1_0", ""), ("params_null", ""), ("unknown_method", "")])

  private static let mcp =
    probes("mcp-time", [("ok_id1", ""), ("unknown_method", ""), ("id_2p63", ""), ("dup_keys", "")])
    + probes("mcp1-sqlite", [("unknown_method", ""), ("malformed_garbage", "")])
    + probes(
      "mcp2-http-modern",
      [
        ("unknown_method", ""), ("batch_mixed", ""), ("notification", ""), ("id_null", ""),
        ("wrong_params_extra", ""),
      ])

  @Test(
    "an id that no longer is a number is a broken text, and still the reply",
    .enabled(if: isThere, "../shared/samples is not there"),
    arguments: ["mopidy", "lsp-clangd"])
  func infinity(_ target: String) throws {
    let sent = try #require(Sample.bytes("\(target)/probe/id_1e400.req"))
    let came = try #require(Sample.bytes("\(target)/probe/id_1e400.resp"))
    let exchanges = Sample.replay(sent, came, target == "mopidy" ? .http : .headers)
    #expect(exchanges.first?.ending == .replied)
    #expect(exchanges.first?.isMalformed == true)
  }
}

/// A sample fed to a session.
enum Sample {
  static func replay(
    _ sent: [UInt8], _ came: [UInt8], _ framing: SampleTests.Framing, isOVSDB: Bool = false
  ) -> [Exchange] {
    let dialect: any Dialect = isOVSDB ? OVSDBDialect() : PlainDialect()
    var talk = Dialogue(framing == .http ? .http : .tcp, dialect: dialect)
    talk.send(bytes: framing == .headers ? messages(sent, .headers).first ?? sent : sent)
    guard framing == .http else {
      talk.finish(talk.sendIDs[0])
      for message in messages(came, framing) { talk.get(bytes: message) }
      return talk.ended
    }
    let (head, body) = split(came)
    let status = Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0
    talk.take(
      .head(
        talk.sendIDs[0],
        ReplyHead(version: "HTTP/1.1", status: status, reason: "", headers: [])))
    if !body.isEmpty { talk.get(bytes: Array(body), for: talk.sendIDs[0]) }
    talk.finish(talk.sendIDs[0])
    return talk.ended
  }

  /// The messages of a captured stream, all of them well framed.
  static func messages(_ bytes: [UInt8], _ framing: SampleTests.Framing) -> [[UInt8]] {
    switch framing {
    case .http: return []
    case .lines:
      return bytes.split { $0 == 0x0A || $0 == 0x0D }.map(Array.init)
    case .values:
      return values(bytes)
    case .headers:
      var messages: [[UInt8]] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let (head, body) = split(Array(rest))
        let line = head.split { $0 == "\r\n" }.first {
          $0.lowercased().hasPrefix("content-length:")
        }
        guard let line, let count = Int(line.dropFirst(15).filter { $0 != " " }) else { break }
        messages.append(Array(body.prefix(count)))
        rest = body.dropFirst(count)
      }
      return messages
    }
  }

  private static func split(_ bytes: [UInt8]) -> (String, ArraySlice<UInt8>) {
    let mark: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
    for place in bytes.indices where bytes[place...].starts(with: mark) {
      return (String(decoding: bytes[..<place], as: UTF8.self), bytes[(place + 4)...])
    }
    return (String(decoding: bytes, as: UTF8.self), [])
  }

  private static func values(_ bytes: [UInt8]) -> [[UInt8]] {
    var values: [[UInt8]] = []
    var depth = 0
    var start = 0
    for (place, byte) in bytes.enumerated() {
      if byte == 0x7B {
        if depth == 0 { start = place }
        depth += 1
      } else if byte == 0x7D {
        depth -= 1
        if depth == 0 { values.append(Array(bytes[start...place])) }
      }
    }
    return values
  }

  static func bytes(_ path: String) -> [UInt8]? {
    guard let file = fopen("../shared/samples/\(path)", "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }
}
