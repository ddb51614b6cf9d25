import Recording
import Session
import Synchronization

/// Keeps what happens in one conversation, from before anything of it is shown.
final class SessionRecorder: Sendable {
  private let place: RecordingOptions.Place
  private let writer = Mutex<RecordingWriter?>(nil)

  init(_ place: RecordingOptions.Place) { self.place = place }

  /// The file, once there is an exchange in it.
  var path: String? {
    writer.withLock { $0 }.flatMap { $0.count > 0 ? $0.path : nil }
  }

  /// Begins: before the client connects, whose facts stand in the header.
  ///
  /// `name` is what the file is named after.
  func begin(
    _ header: RecordingHeader, name: String, rules: MaskRules,
    onFailure: @escaping @Sendable (RecordingError) -> Void
  ) {
    let path =
      switch place {
      case .file(let path): FileText.expanded(path)
      case .folder(let folder, _): folder.newPath(target: name, startedAt: header.startedAt)
      }
    let new = RecordingWriter(path: path, header: header, rules: rules, onFailure: onFailure)
    writer.withLock { $0 = new }
  }

  /// Takes an event of the conversation.
  func observe(_ event: SessionEvent) { writer.withLock { $0 }?.observe(event) }

  /// Masks these secrets too, from now on.
  func hide(_ secrets: [String]) { writer.withLock { $0 }?.hide(secrets) }

  /// Ends the recording, and removes the oldest beyond those that are kept; it blocks.
  func end() {
    guard let writer = writer.withLock({ $0 }) else { return }
    writer.close()
    // Another program may remove them at the same time: what is left over, the next session removes.
    if writer.count > 0, case .folder(let folder, let count) = place {
      _ = try? folder.prune(keeping: count)
    }
  }
}
