import Recording
import Session
import Synchronization

/// Keeps what happens in one conversation, from before anything of it is shown.
///
/// It may be told to begin, to end and to begin elsewhere at any time.
final class SessionRecorder: Sendable {
  private struct State {
    var place: RecordingOptions.Place?
    var writer: RecordingWriter?
  }

  private let state = Mutex(State())

  /// The file, once there is an exchange in it.
  var path: String? {
    state.withLock(\.writer).flatMap { $0.count > 0 ? $0.path : nil }
  }

  /// Whether there is anything to end.
  var isRecording: Bool { state.withLock { $0.writer != nil } }

  /// Begins: before the client connects, whose facts stand in the header.
  ///
  /// `name` is what the file is named after.
  func begin(
    _ place: RecordingOptions.Place, _ header: RecordingHeader, name: String, rules: MaskRules,
    onFailure: @escaping @Sendable (RecordingError) -> Void
  ) {
    let path =
      switch place {
      case .file(let path): FileText.expanded(path)
      case .folder(let folder, _): folder.newPath(target: name, startedAt: header.startedAt)
      }
    let new = RecordingWriter(path: path, header: header, rules: rules, onFailure: onFailure)
    state.withLock { $0 = State(place: place, writer: new) }
  }

  /// Changes how many sessions are kept, where it is a folder that keeps them.
  func keep(_ place: RecordingOptions.Place?) {
    state.withLock { state in
      if case .folder? = state.place, case .folder? = place { state.place = place }
    }
  }

  /// Masks by these rules from now on.
  func mask(by rules: MaskRules) { state.withLock(\.writer)?.mask(by: rules) }

  /// Takes an event of the conversation.
  func observe(_ event: SessionEvent) { state.withLock(\.writer)?.observe(event) }

  /// Ends the recording, and removes the oldest beyond those that are kept; it blocks.
  func end() {
    let old = state.withLock { state in
      defer { state = State() }
      return state
    }
    guard let writer = old.writer else { return }
    writer.close()
    // Another program may remove them at the same time: what is left over, the next session removes.
    if writer.count > 0, case .folder(let folder, let count)? = old.place {
      _ = try? folder.prune(keeping: count)
    }
  }
}
