import JSONRPC
import LosslessJSON
import Session
import Wire

/// Writes an exchange as a line: the summary first, in an order that never changes, so that filters
/// can look at it without reading the rest.
struct ExchangeLine {
  private var text = LineText()
  private let exchange: Exchange
  private let parts: ExchangeParts

  /// The line's text, without the newline.
  static func bytes(_ exchange: Exchange, _ parts: ExchangeParts) -> [UInt8] {
    var line = ExchangeLine(exchange, parts)
    line.summary()
    line.contents()
    line.transport()
    line.judgement()
    line.text.raw("}")
    return line.text.bytes
  }

  private init(_ exchange: Exchange, _ parts: ExchangeParts) {
    self.exchange = exchange
    self.parts = parts
  }

  private mutating func summary() {
    text.raw("{\"n\":")
    text.int(exchange.number)
    text.raw(",\"at\":")
    text.seconds(micros: RecordedTime.micros(exchange.startedAt))
    text.raw(exchange.kind.isIncoming ? ",\"dir\":\"in\",\"kind\":" : ",\"dir\":\"out\",\"kind\":")
    text.string(exchange.kind.word)
    text.raw(",\"method\":")
    if let method = parts.method { text.string(method) } else { text.raw("null") }
    text.raw(",\"ids\":[")
    for id in exchange.ids {
      // An id spelt over several lines would break the line.
      text.raw(id.json.onOneLineIfNeeded.bytes)
      text.raw(",")
    }
    if !exchange.ids.isEmpty { text.dropLast() }
    text.raw("],\"status\":")
    text.string(ExchangeStatus(exchange).rawValue)
    text.raw(",\"code\":")
    number(exchange.response?.code)
    text.raw(",\"http\":")
    number(exchange.head?.status)
    text.raw(",\"took\":")
    text.seconds(exchange.duration)
    text.raw(",\"sent\":")
    text.int(exchange.request.count)
    text.raw(",\"got\":")
    text.int(exchange.replySize)
    text.raw(",\"worst\":")
    if let worst = exchange.worstFinding {
      text.string(worst.rawValue)
    } else {
      text.raw("null")
    }
    text.raw(",\"rules\":[")
    for finding in exchange.findings {
      text.string(finding.rule)
      text.raw(",")
    }
    if !exchange.findings.isEmpty { text.dropLast() }
    text.raw("]")
  }

  private mutating func number(_ number: Int?) {
    if let number { text.int(number) } else { text.raw("null") }
  }

  private mutating func contents() {
    if !exchange.kind.isIncoming {
      text.raw(",\"request\":")
      text.exact(parts.request)
    }
    if !parts.messages.isEmpty {
      text.raw(",\"messages\":[")
      for (bytes, received) in zip(parts.messages, exchange.messages) {
        message(bytes, received.frame)
        text.raw(",")
      }
      text.dropLast()
      text.raw("]")
    }
    if let answer = parts.answer {
      text.raw(",\"answer\":")
      text.exact(answer)
    }
    if !parts.stderr.isEmpty {
      text.raw(",\"stderr\":")
      text.exact(parts.stderr)
    }
  }

  private mutating func message(_ bytes: [UInt8], _ frame: Frame) {
    text.raw("{\"bytes\":")
    text.exact(bytes)
    switch frame.kind {
    case .message: break
    case .body: text.raw(",\"kind\":\"body\"")
    case .event(let name, let id):
      text.raw(",\"kind\":\"event\",\"event\":")
      text.string(name)
      text.raw(",\"id\":")
      text.string(id)
    }
    text.raw(",\"first\":")
    text.seconds(frame.firstByte - exchange.timings.start)
    text.raw(",\"last\":")
    text.seconds(frame.lastByte - exchange.timings.start)
    text.raw("}")
  }

  private mutating func transport() {
    if let head = exchange.head {
      text.raw(",\"head\":{\"version\":")
      text.string(head.version)
      text.raw(",\"status\":")
      text.int(head.status)
      text.raw(",\"reason\":")
      text.string(head.reason)
      fields(parts.headers)
      text.raw("}")
    }
    if let sent = parts.sent {
      text.raw(",\"sentHead\":{\"line\":")
      text.string(sent.line)
      fields(sent.headers)
      text.raw("}")
    }
    timing()
    text.raw(",\"ending\":")
    text.raw(EndingText.bytes(exchange.ending))
    switch exchange.purpose {
    case .ordinary: break
    case .discovery: text.raw(",\"purpose\":\"discovery\"")
    case .handshake: text.raw(",\"purpose\":\"handshake\"")
    }
  }

  private mutating func fields(_ fields: [HeaderField]) {
    text.raw(",\"headers\":[")
    for field in fields {
      text.raw("[")
      text.string(field.name)
      text.raw(",")
      text.string(field.value)
      text.raw("],")
    }
    if !fields.isEmpty { text.dropLast() }
    text.raw("]")
  }

  private mutating func timing() {
    let timings = exchange.timings
    text.raw(",\"timing\":{")
    step("lookup", timings.nameLookup)
    step("connected", timings.connected)
    step("tls", timings.tls)
    step("written", timings.written)
    step("first", timings.firstByte)
    step("last", timings.lastByte)
    if timings.reusedConnection { text.raw("\"reused\":true,") }
    if text.last == 0x2C { text.dropLast() }
    text.raw("}")
  }

  private mutating func step(_ name: StaticString, _ time: Duration?) {
    guard let time else { return }
    text.raw("\"")
    text.raw(name)
    text.raw("\":")
    text.seconds(time)
    text.raw(",")
  }

  private mutating func judgement() {
    if !parts.findings.isEmpty {
      text.raw(",\"findings\":[")
      for finding in parts.findings {
        FindingText.write(finding, to: &text)
        text.raw(",")
      }
      text.dropLast()
      text.raw("]")
    }
    guard !parts.masked.isEmpty else { return }
    text.raw(",\"masked\":[")
    for masked in parts.masked {
      text.raw("{\"part\":")
      text.string(masked.part)
      text.raw(",\"start\":")
      text.int(masked.range.lowerBound)
      text.raw(",\"end\":")
      text.int(masked.range.upperBound)
      text.raw(",\"name\":")
      text.string(masked.name)
      text.raw("},")
    }
    text.dropLast()
    text.raw("]")
  }
}

extension JSON {
  /// The value without newlines between its tokens.
  var onOneLineIfNeeded: JSON {
    bytes.contains { $0 == 0x0A || $0 == 0x0D } ? onOneLine : self
  }
}

extension Exchange {
  /// How bad the worst of what was found is; nil if nothing was.
  var worstFinding: Finding.Severity? {
    if findings.isEmpty { return nil }
    let severities = findings.map(\.severity)
    return [.error, .warning, .note].first(where: severities.contains)
  }
}
