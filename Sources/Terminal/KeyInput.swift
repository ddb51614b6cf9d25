#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The keys from a terminal, with those that were typed ahead; they outlast a line.
///
/// For one thread at a time.
final class KeyInput {
  private var keys = KeyQueue()
  private var decoder = KeyDecoder()
  /// Whether nothing more will come.
  private(set) var hasEnded = false
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  /// The next key that is there already.
  func next() -> Key? { keys.next() }

  /// Makes a key the next one again.
  func putBack(_ key: Key) { keys.putBack(key) }

  /// Waits for keys or for the other descriptor, calling `whenIdle` first if neither is ready;
  /// whether the other one is.
  func wait(_ input: Int32, or wakeEnd: Int32, whenIdle: () -> Void) -> Bool {
    var ready = Platform.wait([input, wakeEnd], milliseconds: 0)
    if ready == [false, false] {
      whenIdle()
      ready = Platform.wait([input, wakeEnd], milliseconds: patience)
    }
    if ready[0] {
      read(input)
    } else if !ready[1], decoder.isWaiting {
      keys.append(decoder.expire())
    }
    return ready[1]
  }

  /// How long the rest of an escape sequence may take, or of a paste.
  private var patience: Int32 {
    if decoder.isInPaste { return 10_000 }
    return decoder.isWaiting ? 40 : -1
  }

  private func read(_ descriptor: Int32) {
    let count = Platform.read(descriptor, &chunk)
    if count > 0 {
      keys.append(decoder.feed(chunk[..<count]))
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      hasEnded = true
    }
  }
}
