import Catalog
import JSONRPC
import Recording
import Session
import Terminal
import Wire

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Interpreter {
  /// Begins to keep a conversation, before anything is said in it.
  func begin(_ recorder: SessionRecorder, _ client: Client, _ connection: Connection) {
    if awaitsConnections || settings.value.log.isFile {
      let rules = maskRules(connection)
      mask.follow(rules)
    }
    guard let place = recording.place else { return }
    let screen = screen
    let name = connection.name.isEmpty ? connection.target.description : connection.name
    recorder.begin(
      place, header(of: client, connection, startedAt: WallClock.now), name: name,
      rules: maskRules(connection)
    ) { error in
      let complaint = Complaint(error)
      screen.note(
        StyledText(
          "this session is not kept: \(SafeText.escape(complaint.message))", .warning))
    }
  }

  /// Keeps this conversation and those to come there from now on, or not at all.
  func keep(at place: RecordingOptions.Place?) async {
    recording.place = place
    guard let recorder, let client, let connection else { return }
    await Self.end(recorder)
    begin(recorder, client, connection)
  }

  /// Masks by the rules of the connection from now on.
  func remask() {
    let rules = maskRules(connection)
    recorder?.mask(by: rules)
    mask.follow(rules)
  }

  /// What is masked in recordings, exports, histories and logs of that connection.
  func maskRules(_ connection: Connection?) -> MaskRules {
    recording.rules(for: connection, settings.value.headers)
  }

  /// The first line of a recording of that conversation.
  func header(
    of client: Client, _ connection: Connection?, startedAt: Double
  ) -> RecordingHeader {
    let dialect = client.dialect
    return RecordingHeader(
      program: recording.program, startedAt: startedAt,
      target: connection?.target.description ?? client.traits.peer,
      transport: client.traits.kind.rawValue, framing: client.traits.framing,
      dialect: dialect.name, jsonrpc: dialect.version.rawValue)
  }

  /// Ends a recording off the threads that tasks share.
  static func end(_ recorder: SessionRecorder?) async {
    guard let recorder, recorder.isRecording else { return }
    await Blocking.run { recorder.end() }
  }
}

extension RecordingOptions {
  /// What is masked in what is kept of a connection, with headers that go with its requests.
  func rules(for connection: Connection?, _ headers: [HeaderField] = []) -> MaskRules {
    var rules = mask
    rules.learn(environment: ProcessEnvironment.variables)
    for field in headers { rules.learn(from: field) }
    connection?.teach(&rules)
    return rules
  }
}

extension Connection {
  /// Tells the rules the secrets that were given as options.
  func teach(_ rules: inout MaskRules) {
    if let password = http.password { rules.learn(value: password) }
    if let password = http.tls.keyPassword { rules.learn(value: password) }
    if case .bearer(let token) = http.authentication { rules.learn(value: token) }
    for field in http.headers { rules.learn(from: field) }
    for secret in callTemplate?.secrets ?? [] { rules.learn(value: secret) }
    for url in [http.proxy, target.url] { if let url { rules.learn(from: url) } }
    if case .child(let words) = target { rules.learn(from: words.joined(separator: " ")) }
    for (name, value) in stream.environment { rules.learn(environment: [name: value]) }
    if let path = http.netrc.path, let bytes = try? FileText.read(path) {
      for password in Self.passwords(in: bytes) { rules.learn(value: password) }
    }
  }

  /// The passwords of a `.netrc` file.
  private static func passwords(in bytes: [UInt8]) -> [String] {
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    return zip(words, words.dropFirst()).filter { $0.0 == "password" || $0.0 == "account" }.map {
      let bare = $0.1.hasPrefix("\"") ? $0.1.dropFirst().prefix { $0 != "\"" } : $0.1
      return String(bare)
    }
  }
}

extension Target {
  fileprivate var url: String? { if case .http(let url) = self { url } else { nil } }
}

extension HTTPOptions.Netrc {
  /// The file; nil for none.
  fileprivate var path: String? {
    switch self {
    case .off: nil
    case .optional: "~/.netrc"
    case .file(let path): path
    }
  }
}

/// The environment that the program was started in.
enum ProcessEnvironment {
  static var variables: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let pair = String(cString: pointer).split(separator: "=", maxSplits: 1)
      if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    return variables
  }
}

/// The time of day.
enum WallClock {
  /// Seconds since 1970.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
