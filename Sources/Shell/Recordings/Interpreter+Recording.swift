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
  /// What keeps the next conversation; nil if it is not to be kept.
  func makeRecorder() -> SessionRecorder? { recording.place.map(SessionRecorder.init) }

  /// Begins to keep a conversation, before anything is said in it.
  func begin(_ recorder: SessionRecorder?, _ client: Client, _ connection: Connection) {
    guard let recorder else { return }
    let screen = screen
    let name = connection.name.isEmpty ? connection.target.description : connection.name
    recorder.begin(
      header(of: client, connection, startedAt: WallClock.now), name: name,
      rules: connection.maskRules
    ) { error in
      let complaint = Complaint(error)
      screen.note(
        StyledText(
          "this session is not kept: \(SafeText.escape(complaint.message))", .warning))
    }
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
    guard let recorder else { return }
    await Blocking.run { recorder.end() }
  }
}

extension Connection {
  /// What is masked in recordings: the usual, and the credentials that were given as options.
  var maskRules: MaskRules {
    var values = [http.password, http.tls.keyPassword].compactMap { $0 }
    if case .bearer(let token) = http.authentication { values.append(token) }
    values += callTemplate?.secrets ?? []
    return MaskRules(values: values.filter { !$0.isEmpty })
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
