import JSONRPC
import LosslessJSON
import View
import Wire

/// Reads a text without a server: tells its messages apart, pairs requests with replies, and checks
/// all of it.
struct Inspector {
  /// What the user told of the text.
  struct Options: Sendable {
    /// What it is; nil to find out.
    var form: InputForm?
    /// The request that it answers.
    var request: [UInt8]?
    /// The version that was spoken; nil if the messages are to tell.
    var version: ProtocolVersion?
    /// How strictly replies are judged.
    var mode = CheckMode.normal
  }

  private let options: Options
  private var inspection: Inspection
  private var pairing = Pairing()
  private var places: TextPlaces

  /// Inspects a text.
  static func inspect(_ bytes: [UInt8], source: String, _ options: Options) -> Inspection {
    let form = options.form ?? InputSniffer.form(of: bytes)
    var inspector = Inspector(
      options: options,
      inspection: Inspection(
        source: source, bytes: bytes, form: form, isTold: options.form != nil))
    inspector.run()
    return inspector.inspection
  }

  private init(options: Options, inspection: Inspection) {
    self.options = options
    self.inspection = inspection
    places = TextPlaces(in: inspection.bytes)
  }

  private mutating func run() {
    if inspection.form == .http, let reply = HTTPDump(inspection.bytes) { return http(reply) }
    let pieces = InputPieces(inspection.bytes, as: inspection.form).pieces
    for piece in pieces where piece.isMessage {
      let number = inspection.messages.count + 1
      var message = InspectedMessage(
        number: number, range: piece.range, bytes: piece.bytes, direction: piece.direction)
      message.runs = piece.runs
      inspection.messages.append(message)
    }
    if inspection.form == .pair || inspection.messages.count == 2 {
      pairing.pairUp(&inspection.messages)
    } else {
      pairing.pair(&inspection.messages)
    }
    // The framing's findings are the cause of what is wrong with the message.
    var number = 0
    for piece in pieces {
      if piece.isMessage { number += 1 }
      for finding in piece.findings { add(finding, piece.isMessage ? number : nil) }
      if piece.isMessage { check(inspection.messages[number - 1]) }
    }
  }

  // MARK: - Checks

  private mutating func check(_ message: InspectedMessage) {
    for finding in findings(message) { add(placed(finding, in: message), message.number) }
  }

  private func findings(_ message: InspectedMessage) -> [Finding] {
    guard inspection.form != .json, let value = message.diagnosis.value else {
      return message.diagnosis.findings
    }
    let isAlone = inspection.messages.count == 1
    if message.isCall, !(isAlone && inspection.isTold) { return message.diagnosis.findings }
    var check = replyCheck(message)
    check.version = options.version
    check.mode = options.mode
    // Text that happens to be JSON is not held against a protocol that it never claimed.
    if isAlone, !inspection.isTold, options.request == nil, !InputSniffer.isJSONRPC(value) {
      return message.diagnosis.findings
    }
    var findings = check.report(on: message.diagnosis).findings
    if case .nothing(.answered(let number)) = check.expectation {
      // What is numbered here are the messages of the text.
      for place in findings.indices where findings[place].rule.hasPrefix("rpc.") {
        findings[place].message.replace("exchange \(number)", with: "message \(number)")
      }
    }
    return findings
  }

  private func replyCheck(_ message: InspectedMessage) -> ReplyCheck {
    if let number = message.partner {
      return ReplyCheck(request: inspection.messages[number - 1].bytes)
    }
    if let request = options.request { return ReplyCheck(request: request) }
    let hasRequests = inspection.messages.contains { $0.isRequest }
    guard hasRequests, message.number > 0, !message.answeredIDs.isEmpty else { return ReplyCheck() }
    if let earlier = pairing.answered[message.number] {
      return ReplyCheck(.nothing(.answered(earlier)))
    }
    return ReplyCheck(.nothing(.unknown))
  }

  /// A finding of a message with its range in the whole text.
  private mutating func placed(_ finding: Finding, in message: InspectedMessage) -> Finding {
    var finding = finding
    guard finding.evidence == nil, let range = finding.range else { return finding }
    guard let runs = message.runs else {
      finding.evidence = message.bytes
      return finding
    }
    finding.range = runs.original(range)
    if let mentioned = finding.mentioned {
      finding.mentioned = places.position(of: runs.place(mentioned.offset))
    }
    return finding
  }

  private mutating func add(_ finding: Finding, _ number: Int?) {
    inspection.findings.append(LocatedFinding(finding: finding, number: number))
  }

  // MARK: - HTTP

  private mutating func http(_ dump: HTTPDump) {
    let body = HTTPBody(inspection.bytes, dump.body, of: dump.head)
    var message = InspectedMessage(number: 1, range: body.range, bytes: body.bytes)
    message.runs = body.runs
    inspection.messages = [message]
    for finding in body.findings { add(finding, 1) }
    let causes = body.coding.map { [Self.coded($0)] } ?? HTTPCheck.findings(of: reply(dump, body))
    for finding in causes { add(placed(finding, in: message, head: dump.headRange), 1) }
    // That a page or nothing at all is no JSON needs no second word.
    let isTold = (body.findings + causes).contains { $0.severity == .error }
    if isTold, message.diagnosis.value?.isContainer != true { return }
    check(message)
  }

  /// The reply as a client would have it.
  private func reply(_ dump: HTTPDump, _ body: HTTPBody) -> HTTPReply {
    var reply = HTTPReply(head: dump.head, body: body.bytes)
    reply.content = Self.content(inspection.messages[0])
    let head = Array(inspection.bytes[dump.headRange])
    reply.wire = WireRecord(
      chunks: [.init(kind: .headerIn, bytes: head), .init(kind: .dataIn, bytes: body.bytes)])
    if let announced = dump.head.header("Content-Length").flatMap({ Int($0) }),
      announced > body.bytes.count, dump.head.header("Content-Encoding") == nil
    {
      reply.error = .truncatedBody(message: "the text ends")
    }
    return reply
  }

  /// Decoding is for who fetched it.
  private static func coded(_ coding: String) -> Finding {
    let line = Array("Content-Encoding".utf8)
    return Finding(
      WireRule.decompression.rawValue, .error, range: 0..<line.count, evidence: line,
      message: "the body is compressed (\(coding)), and is not decompressed here",
      hint: "`curl --compressed -i` shows it decompressed",
      section: "RFC 9110 section 8.4")
  }

  private static func content(_ message: InspectedMessage) -> HTTPReply.Content {
    guard message.diagnosis.isValid else { return .notJSON }
    switch message.message {
    case .response, .batch: return .jsonRPC
    default: return .json
    }
  }

  /// A finding about an HTTP reply: what it quotes of the head stands there.
  private mutating func placed(
    _ finding: Finding, in message: InspectedMessage, head: Range<Int>
  ) -> Finding {
    guard let evidence = finding.evidence, !evidence.isEmpty else {
      return placed(finding, in: message)
    }
    guard
      let place = HeadLines(inspection.bytes, head).place(of: evidence, finding.range)
    else { return finding }
    var finding = finding
    finding.evidence = nil
    finding.range = place
    return finding
  }
}
