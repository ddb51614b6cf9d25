import Wire

extension Fault {
  /// What is around a text, on a stream or over HTTP.
  static let framing: [Fault] = [
    length("length-long", "Content-Length (or the netstring's) says more bytes than there are", 10)
    {
      $0.length = .off(by: $1.number)
    },
    length("length-short", "it says fewer bytes than there are", 10) {
      $0.length = .off(by: -$1.number)
    },
    length("length-characters", "it counts characters; shows beyond ASCII only") { delivery, _ in
      delivery.length = .characters
    },
    length("length-utf16", "it counts UTF-16 units; shows beyond the basic plane only") {
      delivery, _ in delivery.length = .units
    },
    length("length-zeros", "it has leading zeros") { delivery, _ in delivery.length = .zeros },
    lines("no-length", "no Content-Length; over HTTP the body ends with the connection") { _ in []
    },
    lines("length-twice", "Content-Length stands twice") {
      ["Content-Length: \($0)", "Content-Length: \($0)"]
    },
    lines("length-conflict", "two Content-Length differ") {
      ["Content-Length: \($0)", "Content-Length: \($0 + 7)"]
    },
    lines("length-negative", "Content-Length is -1") { _ in ["Content-Length: -1"] },
    lines("length-word", "Content-Length is no number") { _ in ["Content-Length: many"] },
    lines("length-misspelt", "it is called Content-Lenght") { ["Content-Lenght: \($0)"] },
    lines("length-colon", "the colon after Content-Length is missing") { ["Content-Length \($0)"] },
    lines("length-broken-off", "a line that is none follows Content-Length") {
      ["Content-Length: \($0)", "starting the server"]
    },
    Fault(
      "header", "a header field besides", .frame, takes: .text(example: "X-Trace=1"),
      .delivery {
        let pair = $1.pair
        $0.fields.append((pair.name, String(decoding: pair.value, as: UTF8.self)))
      }),
    Fault(
      "charset", "a Content-Type with the charset ISO-8859-1", .frame,
      .delivery {
        delivery, _ in delivery.charset = "iso-8859-1"
      }),
    Fault(
      "line-feed", "header lines end in LF alone", .frame,
      .delivery { delivery, _ in
        delivery.lineEnd = "\n"
      }),
    frame("no-end", "nothing ends the message: no line feed, no comma") { text, framing in
      framing.name == FramingName.netstring.rawValue ? Array(framing.wrap(text).dropLast()) : text
    },
    frame("carriage-return", "a carriage return alone ends the message") { text, _ in
      text + [0x0D]
    },
    frame("nul", "a NUL byte ends the message") { text, _ in text + [0] },
    frame("headers", "a Content-Length header, whatever the client expects") { text, _ in
      HeaderFraming().wrap(text)
    },
    frame("netstring", "a netstring, whatever the client expects") { text, _ in
      NetstringFraming().wrap(text)
    },
    frame("bare", "a line without header or length, whatever the client expects") { text, _ in
      text + [0x0A]
    },
    Fault(
      "raw", "these bytes as they are, head and framing included", .frame,
      takes: .text(example: "HTTP/1.1 200\\r\\n\\r\\n"), .delivery { $0.raw = $1.text }),
  ]

  /// A wrong number where the length stands.
  private static func length(
    _ name: String, _ summary: String, _ standard: Int? = nil,
    _ change: @escaping @Sendable (inout Delivery, FaultArgument) -> Void
  ) -> Fault {
    Fault(
      name, summary, .frame,
      takes: standard.map { .number($0, 1...1_000_000_000) } ?? Parameter.none, .delivery(change))
  }

  /// Other lines where Content-Length stands.
  private static func lines(
    _ name: String, _ summary: String, _ lines: @escaping @Sendable (Int) -> [String]
  ) -> Fault {
    Fault(name, summary, .frame, .delivery { delivery, _ in delivery.lengthLines = lines })
  }

  /// Another frame than the stream's.
  private static func frame(
    _ name: String, _ summary: String,
    _ frame: @escaping @Sendable ([UInt8], any Framing) -> [UInt8]
  ) -> Fault {
    Fault(name, summary, .frame, .delivery { delivery, _ in delivery.frame = frame })
  }
}
