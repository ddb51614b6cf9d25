import CCurl

/// The header lists of a channel's sends, made again only when a send asks for other headers.
///
/// Belongs to the loop's thread.
struct HeaderCache {
  private struct Entry {
    var extra: [HeaderField]
    var list: HeaderList
  }

  private let options: HTTPOptions
  private var withBody: Entry?
  private var withoutBody: Entry?

  init(_ options: HTTPOptions) {
    self.options = options
  }

  /// Refuses channel headers that can't be sent.
  func check() throws(WireError) { _ = try lines([], hasBody: true) }

  /// The list for a send.
  mutating func list(for send: PendingSend) throws(WireError) -> HeaderList {
    let hasBody = RequestForm(send) == .body
    let extra = send.options.headers
    if let kept = hasBody ? withBody : withoutBody, kept.extra == extra { return kept.list }
    let entry = Entry(extra: extra, list: HeaderList(try lines(extra, hasBody: hasBody)))
    if hasBody { withBody = entry } else { withoutBody = entry }
    return entry.list
  }

  private func lines(_ extra: [HeaderField], hasBody: Bool) throws(WireError) -> [String] {
    var plan = HeaderPlan(userAgent: options.userAgent, hasBody: hasBody)
    try plan.override(options.headers)
    try plan.override(extra)
    return plan.lines
  }
}

/// How a request is put to libcurl: by whether it carries a body.
enum RequestForm {
  /// With a body, even one of no bytes.
  case body
  /// Without one.
  case plain
  /// `HEAD`: the reply has no body either.
  case head

  init(_ send: PendingSend) {
    switch send.options.verb ?? "POST" {
    case _ where !send.bytes.isEmpty: self = .body
    case "POST", "PUT", "PATCH": self = .body
    case "HEAD": self = .head
    default: self = .plain
    }
  }
}
