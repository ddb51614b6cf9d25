import Recording
import Wire

/// The secrets of a recording against those that were given.
enum MissingSecrets {
  /// The values by mask; a complaint that lists what is missing if anything is.
  static func values(
    of secrets: ReplaySecrets, _ options: ReplayOptions
  ) throws(Complaint) -> [String: String] {
    let (values, missing) = secrets.resolved(by: try options.givenSecrets())
    if missing.isEmpty || options.keepsMasks { return values }
    let names = secrets.needs.map(\.name)
    let lines = missing.prefix(20).map { need in
      let isOnly = names.filter { $0 == need.name }.count == 1 && !need.name.contains("=")
      let option = "--secret \(isOnly ? need.name : need.tag)=@FILE"
      let how = need.isHeader ? "\(header(need.name)), or \(option)" : option
      return "  \(need.name) \(need.tag) in \(places(need.numbers)): \(how)"
    }
    let more = missing.count > 20 ? "\n  … and \(missing.count - 20) more" : ""
    let count = missing.count == 1 ? "1 secret was" : "\(missing.count) secrets were"
    throw Complaint(
      "\(count) masked in the recording and must be given; nothing was sent\n"
        + lines.joined(separator: "\n") + more,
      hint: "--keep-masks sends the masks as they are, as for `serve --replay`")
  }

  private static func header(_ name: String) -> String {
    name.lowercased() == "authorization"
      ? "-u USER, --bearer TOKEN or -H '\(name): …'" : "-H '\(name): …'"
  }

  private static func places(_ numbers: [Int]) -> String {
    let shown = numbers.prefix(5).map { "\($0)" }.joined(separator: ", ")
    return numbers.count > 5 ? "\(shown) and \(numbers.count - 5) more" : shown
  }
}

extension Connection {
  /// What the connection gives of the header fields that a recording has, with those of the session.
  func given(_ more: [HeaderField] = []) -> ReplaySecrets.Given {
    var hasCredentials = http.user != nil || http.netrc != .off
    if http.authentication != .basic { hasCredentials = true }
    if case .http(let url) = target, Target.http(url).description != url { hasCredentials = true }
    let isHTTP = if case .http = target { true } else { false }
    return ReplaySecrets.Given(
      headers: (http.headers + more).map(\.name), hasCredentials: hasCredentials, isHTTP: isHTTP,
      dialect: dialectName ?? "")
  }
}
